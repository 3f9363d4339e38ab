using Undertone.Corpora;

namespace Undertone.Cli.Progress;

/// <summary>What is said of the corpora that were read: their size, what a copy lacks, and what was left out.</summary>
internal static class CorporaOpening
{
    private const int Shown = 5;

    public static void Write(IReadOnlyList<CorpusData> corpora)
    {
        foreach (var corpus in corpora)
        {
            var speakers = corpus.Utterances.Select(u => u.Speaker).Distinct().Count();
            var length = TimeSpan.FromSeconds(corpus.Utterances.Sum(u => u.Seconds));
            Console.WriteLine(
                $"{corpus.Card.Name}: {Figures.Count(corpus.Utterances.Count, "utterance")}, {Figures.Count(speakers, "speaker")}, "
                + $"{Figures.Count(corpus.Classes.Count, "class").Replace("classs", "classes", StringComparison.Ordinal)}, {Figures.Duration(length)}");
            Warn(corpus);
        }
    }

    /// <summary>Says on standard error what is wrong with a copy that can be used all the same.</summary>
    public static void Warn(CorpusData corpus)
    {
        var name = corpus.Card.Name;
        if (corpus.Shortage is { } shortage)
        {
            Console.Error.WriteLine(
                $"warning: {name}: this copy is not whole ({shortage}); its scores are not comparable with those of the whole corpus. What is missing: {Check(corpus)}");
        }

        if (corpus.Unreadable.Count > 0)
        {
            Console.Error.WriteLine($"warning: {name}: {Figures.Count(corpus.Unreadable.Count, "unreadable file")} left out:");
            foreach (var file in corpus.Unreadable.Take(Shown))
            {
                Console.Error.WriteLine($"  {file.Path}: {file.Reason}");
            }

            if (corpus.Unreadable.Count > Shown)
            {
                Console.Error.WriteLine($"  and {corpus.Unreadable.Count - Shown} more: {Check(corpus)}");
            }
        }
    }
    private static string Check(CorpusData corpus) => Invocation.Line(["corpora", "check", Invocation.Corpus(corpus.Card)]);
}
