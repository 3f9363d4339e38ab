namespace Undertone.Evaluation.Analysers;

/// <summary>Warns where the interval of the UAR reaches down to what guessing scores.</summary>
public sealed class IntervalReachesChance : Analyser
{
    /// <inheritdoc/>
    public override string Name => "interval-reaches-chance";

    /// <inheritdoc/>
    public override IReadOnlyList<Finding> Analyse(AnalysisInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Interval is { } interval && interval.Low <= input.Test.Chance
            ? [Warn($"UAR {Percent(input.Test.Uar)} is not shown to be better than guessing: its interval, {Percent(interval.Low)} to {Percent(interval.High)}, reaches the {Percent(input.Test.Chance)} of chance.")]
            : [];
    }
}
