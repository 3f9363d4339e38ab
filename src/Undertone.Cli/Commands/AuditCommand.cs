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
        var read = ExperimentRun.ReadCorpora(experiment, corpora);
        foreach (var corpus in read)
        {
            CorporaOpening.Warn(corpus);
            foreach (var protocol in experiment.ProtocolsOn(corpus.Card.Name))
            {
                foreach (var seed in experiment.Seeds)
                {
                    Audit(experiment, corpus, read, protocol.Protocol, seed);
                }
            }
        }

        return ErrorReporting.Done;
    }

    private static void Audit(Experiment experiment, CorpusData corpus, IReadOnlyList<CorpusData> corpora, Protocol protocol, int seed)
    {
        var splits = TrialGrid.Splits(experiment, protocol, corpus, corpora, seed);
        if (splits.Count == 0)
        {
            return; // a corpus that this protocol trains on and does not test
        }

        var audit = LeakageAudit.Require(protocol, splits, adapted: false);
        Console.WriteLine($"{corpus.Card.Name}, {protocol.Name}, seed {seed}: {Figures.Count(splits.Count, "fold")}");
        AuditReport.Write(splits, audit, Adapted(experiment));
        Console.WriteLine();
    }

    private static string Adapted(Experiment experiment)
    {
        var adapted =
            (from system in experiment.Systems
             from variant in experiment.VariantRows
             where Trial.IsAdapted(Experiment.SettingsOf(system, variant))
             select variant is null ? system.Label : $"{system.Label} ({variant.Name})").ToList();
        return adapted.Count == 0 ? string.Empty : $"; with ', adapted' added for {string.Join(", ", adapted)} (normalised by the unlabelled audio of the test speakers)";
    }
}
