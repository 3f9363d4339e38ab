using Undertone.Cli.Progress;
using Undertone.Corpora;
using Undertone.Protocols;

namespace Undertone.Cli.Commands;

/// <summary>Writes what an audit found, as <c>undertone audit</c> and <c>undertone splits import</c> show it.</summary>
internal static class AuditReport
{
    // More than these of a kind are counted, not listed.
    private const int Shown = 8;

    /// <summary>Writes folds, what their parts share, verdict and badge.</summary>
    /// <param name="splits">The folds.</param>
    /// <param name="audit">Their audit.</param>
    /// <param name="besideBadge">What follows the badge; may be empty.</param>
    public static void Write(IReadOnlyList<Split> splits, ProtocolAudit audit, string besideBadge = "")
    {
        foreach (var (split, fold) in splits.Zip(audit.Folds))
        {
            Console.WriteLine($"  fold {split.Fold}: train {Part(split.Train)}; validation {Part(split.Validation)}; test {Part(split.Test)}");
            Show("train and test", fold.TrainTest);
            Show("validation and test", fold.ValidationTest);
            Show("train and validation", fold.TrainValidation with { Sentences = [] });
            if (fold.Unheard > 0)
            {
                Console.WriteLine($"    {Figures.Count(fold.Unheard, "utterance")} without audio hash: not compared");
            }
        }

        Console.WriteLine($"  verdict: {Verdict(audit.Badge.Kind)}{Sentences(splits, audit)}");
        Console.WriteLine($"  badge: {audit.Badge}{besideBadge}");
    }

    private static string Verdict(BadgeKind kind) => kind switch
    {
        BadgeKind.SpeakerDependent => "leaky: test speakers or test audio are trained or validated on; the scores do not tell how new speakers fare",
        BadgeKind.CrossCorpus => "sound: nothing of the test corpus is trained or validated on",
        _ => "sound: no test speaker and no test audio is trained or validated on",
    };

    private static string Sentences(IReadOnlyList<Split> splits, ProtocolAudit audit)
    {
        if (audit.Folds.Any(f => f.TrainTest.Sentences.Count + f.ValidationTest.Sentences.Count > 0))
        {
            return "; test sentences are also trained on, as in every corpus of prompted sentences";
        }

        return splits.All(s => s.Train.Concat(s.Validation).Concat(s.Test).All(u => u.Text is not null))
            ? "; no test sentence is trained or validated on"
            : string.Empty;
    }

    private static string Part(IReadOnlyList<Utterance> part) =>
        $"{Figures.Count(part.Count, "utterance")} by {Figures.Count(part.Select(u => u.Speaker).Distinct().Count(), "speaker")}";

    private static void Show(string parts, Overlap overlap)
    {
        var found = new List<string>();
        Add("speaker", overlap.Speakers);
        Add("utterance", overlap.Utterances);
        Add("sentence", overlap.Sentences);
        Add("recording with identical audio", overlap.Audio.Select(a => $"{a.First} = {a.Second}").ToList(), "recordings with identical audio");
        Add("recording with near-identical audio", overlap.NearAudio.Select(a => $"{a.First} ~ {a.Second}").ToList(), "recordings with near-identical audio");
        if (found.Count > 0)
        {
            Console.WriteLine($"    {parts} share {string.Join("; ", found)}");
        }

        void Add(string noun, IReadOnlyList<string> names, string? plural = null)
        {
            if (names.Count > 0)
            {
                var counted = plural is not null && names.Count > 1 ? $"{names.Count} {plural}" : Figures.Count(names.Count, noun);
                found.Add($"{counted}: {string.Join(", ", names.Take(Shown))}{(names.Count > Shown ? ", ..." : string.Empty)}");
            }
        }
    }
}
