namespace Undertone.Experiments;

/// <summary>
/// A claim that an experiment puts to the test: that one of its systems is better than another. It decides nothing of
/// the trials, so that it can be added when these are finished.
/// </summary>
public sealed record ExperimentClaim
{
    /// <summary>What is claimed, in words.</summary>
    public required string Claim { get; init; }

    /// <summary>Who claims it: author, year, section.</summary>
    public required string Source { get; init; }

    /// <summary>The system that is said to be better; null for a claim that is not tested.</summary>
    public ClaimSide? Better { get; init; }

    /// <summary>The system that it is said to be better than; null for a claim that is not tested.</summary>
    public ClaimSide? Than { get; init; }

    /// <summary>What it is said to be better in.</summary>
    public ClaimMetric On { get; init; } = ClaimMetric.Uar;

    /// <summary>
    /// How far the better system may fall behind, in [0, 1] of UAR: 0.03 for the claim of being as good, within three
    /// points. 0 for the claim of being better.
    /// </summary>
    public double Margin { get; init; }

    /// <summary>Why it is not tested, in words; null for one that is.</summary>
    public string? NotTestable { get; init; }
}

/// <summary>One side of a claim.</summary>
/// <param name="System">The system's label in the experiment.</param>
/// <param name="Variant">The variant; null for every variant, each against the same one of the other side.</param>
public sealed record ClaimSide(string System, string? Variant);

/// <summary>What a claim is about.</summary>
public enum ClaimMetric
{
    /// <summary>UAR: more is better.</summary>
    Uar,

    /// <summary>Wall-clock seconds of a trial: less is better.</summary>
    TrainingSeconds,
}
