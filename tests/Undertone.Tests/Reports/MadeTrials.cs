using Undertone.Evaluation;
using Undertone.Protocols;
using Undertone.Reports;

namespace Undertone.Tests.Reports;

/// <summary>Trials made in memory: leave-one-speaker-out, ten rows of anger and ten of neutral a speaker.</summary>
internal static class MadeTrials
{
    public static readonly string[] Classes = ["anger", "neutral"];

    /// <summary>One trial a speaker.</summary>
    /// <param name="system">The system.</param>
    /// <param name="errors">How many of each speaker's ten rows of anger are taken for neutral; the speakers are s1, s2, ...</param>
    /// <param name="seed">The seed.</param>
    public static IEnumerable<ReportTrial> Of(string system, IReadOnlyList<int> errors, int seed = 0, string corpus = "emodb", string badge = "speaker-independent") =>
        errors.Select((wrong, i) => new ReportTrial
        {
            Name = $"{corpus}.{system}.loso-s{i + 1}.seed-{seed}",
            Corpus = corpus,
            System = system,
            Protocol = "loso",
            ProtocolKind = "leave-one-speaker-out",
            Fold = $"s{i + 1}",
            Seed = seed,
            Badge = Badge.Parse(badge),
            Seconds = 10,
            Test = new PredictionTable(Classes, [.. Enumerable.Range(0, 20).Select(u => Row($"s{i + 1}", u, u < 10 ? "anger" : "neutral", u >= 10 || u < wrong ? "neutral" : "anger"))]),
        });

    public static ResultSection Section(params IEnumerable<ReportTrial>[] trials) =>
        ResultSection.Of(ResultCalculator.Of([.. trials.SelectMany(t => t)])).ShouldHaveSingleItem();

    private static PredictionRow Row(string speaker, int number, string truth, string predicted) =>
        new($"{speaker}-{number}", speaker, truth, predicted, predicted == "anger" ? [0.75, 0.25] : [0.25, 0.75]);
}
