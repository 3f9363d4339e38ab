namespace Undertone.Evaluation.Analysers;

/// <summary>
/// Warns where validation scores far above test: something was chosen on so few validation speakers that it fits them,
/// or validation shares something with training.
/// </summary>
public sealed class ValidationAboveTest : Analyser
{
    /// <summary>From this difference of UAR on it is said, as long as validation also lies above the test's interval.</summary>
    public const double Threshold = 0.1;

    /// <inheritdoc/>
    public override string Name => "validation-above-test";

    /// <inheritdoc/>
    public override IReadOnlyList<Finding> Analyse(AnalysisInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Validation is { } validation && validation.Uar - input.Test.Uar >= Threshold && validation.Uar > (input.Interval?.High ?? 0)
            ? [Warn($"validation UAR {Percent(validation.Uar)} lies far above test UAR {Percent(input.Test.Uar)}: what was chosen on the validation speakers does not carry over to others.")]
            : [];
    }
}
