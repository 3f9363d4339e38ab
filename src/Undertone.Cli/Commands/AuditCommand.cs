using System.CommandLine;
using Undertone.Cli.Progress;
using Undertone.Corpora;
using Undertone.Experiments;
using Undertone.Protocols;
using Undertone.Systems;

namespace Undertone.Cli.Commands;

/// <summary>
/// <c>undertone audit EXPERIMENT</c>: what the parts of every fold share, and the badge that follows. Exit code 0
/// also for leaky splits that make no claim (the verdict says so); 2 where a claim of independence is broken.
/// </summary>
internal static class AuditCommand
{
    private const int Shown = 8;

    public static Command Create()
    {
        var experiment = RunOptions.Experiment();
        var corpora = RunOptions.Corpora();
        var set = RunOptions.Set();
        var command = new Command("audit", "List speakers, sentences and identical audio shared between train, validation and test, and the badge that follows.")
        {
            experiment, corpora, set,
        };
        command.SetAction(parsed => Run(parsed.GetValue(experiment)!, parsed.GetValue(corpora), RunOptions.Changes(parsed, set)));
        return command;
    }

    private static int Run(string file, string? corpora, IReadOnlyList<SettingChange> changes)
    {
        var experiment = ExperimentFile.Read(file, SystemCatalog.Default, changes);
        foreach (var corpus in ExperimentRun.ReadCorpora(experiment, corpora))
        {
            foreach (var protocol in experiment.Protocols)
            {
                foreach (var seed in experiment.Seeds)
                {
                    Audit(experiment, corpus, protocol.Protocol, seed);
                }
            }
        }

        return ErrorReporting.Done;
    }

    private static void Audit(Experiment experiment, CorpusData corpus, Protocol protocol, int seed)
    {
        var splits = TrialGrid.Splits(experiment, protocol, corpus, seed);
        var audit = LeakageAudit.Require(protocol, splits, adapted: false);
        Console.WriteLine($"{corpus.Card.Name}, {protocol.Name}, seed {seed}: {Figures.Count(splits.Count, "fold")}");
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

        var shared = audit.Folds.Sum(f => f.TrainTest.Sentences.Count + f.ValidationTest.Sentences.Count) > 0;
        Console.WriteLine($"  verdict: {Verdict(audit.Badge.Kind)}{(shared ? "; test sentences are also trained on, as in every corpus of prompted sentences" : string.Empty)}");
        Console.WriteLine($"  badge: {audit.Badge}{Adapted(experiment)}");
        Console.WriteLine();
    }

    private static string Verdict(BadgeKind kind) => kind switch
    {
        BadgeKind.SpeakerDependent => "leaky: test speakers or test audio are trained or validated on; the scores do not tell how new speakers fare",
        BadgeKind.CrossCorpus => "sound: nothing of the test corpus is trained or validated on",
        _ => "sound: no test speaker and no test audio is trained or validated on",
    };

    private static string Adapted(Experiment experiment)
    {
        var adapted =
            (from system in experiment.Systems
             from variant in experiment.VariantRows
             where Trial.IsAdapted(Experiment.SettingsOf(system, variant))
             select variant is null ? system.Label : $"{system.Label} ({variant.Name})").ToList();
        return adapted.Count == 0 ? string.Empty : $"; with ', adapted' added for {string.Join(", ", adapted)} (per-speaker normalisation)";
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
