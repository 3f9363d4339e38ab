namespace Undertone.Evaluation.Analysers;

/// <summary>The analysers, in the order that reports print what they find.</summary>
public static class AnalyserCatalog
{
    /// <summary>Every analyser.</summary>
    public static IReadOnlyList<Analyser> All { get; } =
    [
        new IntervalReachesChance(),
        new ClassNeverPredicted(),
        new ValidationAboveTest(),
        new SpeakerEmotionConfounded(),
        new FoldLacksClass(),
    ];

    /// <summary>Asks every analyser.</summary>
    /// <param name="input">The result.</param>
    /// <returns>All findings, warnings first.</returns>
    public static IReadOnlyList<Finding> Analyse(AnalysisInput input) =>
        [.. All.SelectMany(a => a.Analyse(input)).OrderByDescending(f => f.Level)];
}
