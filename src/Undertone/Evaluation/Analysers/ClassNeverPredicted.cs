namespace Undertone.Evaluation.Analysers;

/// <summary>Warns of a class that has test utterances and is never predicted.</summary>
public sealed class ClassNeverPredicted : Analyser
{
    /// <inheritdoc/>
    public override string Name => "class-never-predicted";

    /// <inheritdoc/>
    public override IReadOnlyList<Finding> Analyse(AnalysisInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return
        [
            .. input.Test.Classes.Where(c => c.Support > 0 && c.Predicted == 0)
                .Select(c => Warn($"'{c.Class}' is never predicted, though {c.Support} test utterances are of it: the system has not learned this class.")),
        ];
    }
}
