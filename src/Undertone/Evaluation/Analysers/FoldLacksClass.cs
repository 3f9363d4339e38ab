namespace Undertone.Evaluation.Analysers;

/// <summary>Notes folds whose test or validation part lacks a class: fold means are then over unlike classes; the pooled UAR is not.</summary>
public sealed class FoldLacksClass : Analyser
{
    /// <inheritdoc/>
    public override string Name => "fold-lacks-class";

    /// <inheritdoc/>
    public override IReadOnlyList<Finding> Analyse(AnalysisInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var classes = input.Splits.SelectMany(s => s.Train.Concat(s.Test)).Select(u => u.Emotion).Distinct().Order(StringComparer.Ordinal).ToList();
        var findings = new List<Finding>();
        foreach (var name in classes)
        {
            var test = input.Splits.Where(s => s.Test.All(u => u.Emotion != name)).Select(s => s.Fold).ToList();
            var validation = input.Splits.Where(s => s.Validation.Count > 0 && s.Validation.All(u => u.Emotion != name)).Select(s => s.Fold).ToList();
            if (test.Count > 0)
            {
                findings.Add(Note($"no '{name}' in the test part of fold {Few(test)}: UAR by fold or speaker is over the classes present there; the pooled UAR is over all."));
            }

            if (validation.Count > 0)
            {
                findings.Add(Note($"no '{name}' in the validation part of fold {Few(validation)}: early stopping there does not see this class."));
            }
        }

        return findings;
    }
}
