using Undertone.Corpora;

namespace Undertone.Reports;

/// <summary>What a page of docs/results keeps of a test speaker beside the predictions, so that it can tell groups of people apart.</summary>
/// <param name="Corpus">The corpus.</param>
/// <param name="Speaker">The speaker.</param>
/// <param name="Gender">The gender; null where the corpus does not say, or not the same of all utterances.</param>
/// <param name="Age">The age in years; null likewise.</param>
/// <param name="Language">The language; null likewise.</param>
public sealed record KeptSpeaker(string Corpus, string Speaker, string? Gender, int? Age, string? Language)
{
    /// <summary>The speakers that runs tested, by corpus and name; those of whom nothing is known are left out.</summary>
    /// <param name="runs">The runs.</param>
    internal static IReadOnlyList<KeptSpeaker> Of(IReadOnlyList<ReportInput> runs)
    {
        var tested = runs.SelectMany(r => r.Trials).SelectMany(t => t.Test.Rows.Select(r => (t.Corpus, r.Speaker))).ToHashSet();
        return
        [
            .. runs.SelectMany(r => r.Corpora).SelectMany(c => c.Heard).GroupBy(u => (u.Corpus, u.Speaker)).Where(g => tested.Contains(g.Key))
                .Select(g => new KeptSpeaker(g.Key.Corpus, g.Key.Speaker, Same(g, u => u.Gender), Same(g, u => u.Age), Same(g, u => u.Language)))
                .Where(s => s.Gender is not null || s.Age is not null || s.Language is not null)
                .OrderBy(s => s.Corpus, StringComparer.Ordinal).ThenBy(s => s.Speaker, StringComparer.Ordinal),
        ];
    }

    /// <summary>The corpora of a page with the tested utterances, as far as its speakers tell of them.</summary>
    /// <param name="kept">What is kept.</param>
    internal static IReadOnlyList<ReportCorpus> Corpora(KeptResults kept)
    {
        var known = kept.Speakers.ToDictionary(s => (s.Corpus, s.Speaker));
        return
        [
            .. kept.Trials.GroupBy(t => t.Corpus).Select(g => new ReportCorpus
            {
                Name = g.Key,
                Heard =
                [
                    .. g.SelectMany(t => t.Test.Rows).DistinctBy(r => r.Utterance).Where(r => known.ContainsKey((g.Key, r.Speaker))).Select(r =>
                    {
                        var speaker = known[(g.Key, r.Speaker)];
                        return new Utterance(g.Key, r.Utterance, "", r.Speaker, r.True) { Gender = speaker.Gender, Age = speaker.Age, Language = speaker.Language };
                    }),
                ],
            }),
        ];
    }

    private static T? Same<T>(IEnumerable<Utterance> utterances, Func<Utterance, T?> of) => utterances.Select(of).Distinct().ToList() is [var value] ? value : default;
}
