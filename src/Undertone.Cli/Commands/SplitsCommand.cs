using System.CommandLine;
using System.Globalization;
using Undertone.Cli.Progress;
using Undertone.Corpora;
using Undertone.Experiments;
using Undertone.Protocols;
using Undertone.Systems;

namespace Undertone.Cli.Commands;

/// <summary>
/// <c>undertone splits list | export | import</c>: the folds that ship, folds as CSV for any other tool, and the check
/// of such a file. Import exits with 0 also where the folds leak (the badge says so), with 2 where the file does not fit.
/// </summary>
internal static class SplitsCommand
{
    public static Command Create() => new("splits", "Lists the standard splits, writes folds as CSV for other tools, and checks such files.")
    {
        List(), Export(), Import(),
    };

    private static Command List()
    {
        var command = new Command("list", "The standard splits that ship, each with its corpus, hash and source.");
        command.SetAction(_ =>
        {
            foreach (var folds in PublishedFolds.All)
            {
                Console.WriteLine($"{folds.Name,-10} {folds.Corpus,-8} {Figures.Count(folds.Folds.Count, "fold"),-9} of test {(folds.BySession ? "sessions" : "speakers")}  sha256 {folds.Sha256[..12]}  {folds.Reference}");
            }

            return ErrorReporting.Done;
        });
        return command;
    }

    private static Command Export()
    {
        var experiment = new Argument<string?>("EXPERIMENT") { Description = "The experiment file (.yaml); else --corpus and --protocol.", Arity = ArgumentArity.ZeroOrOne };
        var corpus = new Option<string?>("--corpus") { Description = "The corpus; needed where the experiment has several.", HelpName = "NAME" };
        var protocol = new Option<string?>("--protocol")
        {
            Description = "The protocol: a name, or without an experiment also a mapping ('{ kind: leave-speakers-out, groups: 5 }').",
            HelpName = "PROTOCOL",
        };
        var seed = new Option<int?>("--seed") { Description = "The seed that draws validation parts; else the experiment's only one, or 0.", HelpName = "N" };
        var validation = new Option<int?>("--validation") { Description = "Validation speakers, without an experiment (else 2; 0 for none).", HelpName = "N" };
        var output = new Option<string?>("--out") { Description = "The file to write; else standard output.", HelpName = "FILE" };
        var corpora = RunOptions.Corpora();
        var command = new Command("export", "Writes the folds of a protocol on a corpus as CSV: utterance,speaker,fold,part.")
        {
            experiment, corpus, protocol, seed, validation, output, corpora,
        };
        command.SetAction(parsed => Export(
            Source(parsed.GetValue(experiment), parsed.GetValue(corpus), parsed.GetValue(protocol), parsed.GetValue(validation)),
            parsed.GetValue(corpus), parsed.GetValue(seed), parsed.GetValue(output), parsed.GetValue(corpora)));
        return command;
    }

    private static Command Import()
    {
        var file = new Argument<string>("FILE") { Description = "The CSV file: utterance,speaker,fold,part (speaker may be left out)." };
        var corpus = new Option<string?>("--corpus") { Description = "The corpus, where the file's comment names none.", HelpName = "NAME" };
        var corpora = RunOptions.Corpora();
        var command = new Command("import", "Checks a file of folds against its corpus, audits it and says which badge it earns.") { file, corpus, corpora };
        command.SetAction(parsed => Import(parsed.GetValue(file)!, parsed.GetValue(corpus), parsed.GetValue(corpora)));
        return command;
    }

    /// <summary>An experiment of one corpus and one protocol, from a file or from the command line.</summary>
    private static Experiment Source(string? file, string? corpus, string? protocol, int? validation)
    {
        if (file is not null)
        {
            if (validation is not null)
            {
                throw new UndertoneException("--validation has no use beside an experiment, which says validation.speakers itself; leave it out.");
            }

            // All of its corpora stay: its label scheme may speak of any of them.
            var experiment = ExperimentFile.Read(file, SystemCatalog.Default);
            var parted = Only(file, "corpora", "--corpus", experiment.Corpora, c => [c], corpus);
            return experiment with { Protocols = [Only(file, "protocols", "--protocol", experiment.ProtocolsOn(parted), p => [p.Protocol.Name, p.Kind], protocol)] };
        }

        if (corpus is null || protocol is null)
        {
            throw new UndertoneException("splits export: expected an experiment file, or both --corpus NAME and --protocol PROTOCOL, for example --corpus demo --protocol leave-one-speaker-out.");
        }

        var named = CorpusLocator.Find(corpus);
        var entries = ExperimentFile.ReadProtocols(protocol, $"--protocol {protocol}");
        return new Experiment
        {
            Name = "splits",
            Corpora = [named.Card.Name],
            Tables = named is TableCorpus described ? [described] : [],
            Protocols = [Only($"--protocol {protocol}", "protocols", "shares: [N]", entries, p => [p.Protocol.Name], null)],
            Systems = [],
            ValidationSpeakers = validation is null or >= 0 ? validation ?? Experiment.DefaultValidationSpeakers : throw new UndertoneException($"--validation {validation}: expected 0 (none) or more."),
        };
    }

    private static T Only<T>(string where, string what, string option, IReadOnlyList<T> all, Func<T, string[]> names, string? wanted)
    {
        var fitting = wanted is null ? all : [.. all.Where(a => names(a).Contains(wanted))];
        return fitting.Count == 1
            ? fitting[0]
            : throw new UndertoneException(fitting.Count == 0
                ? $"{where}: '{wanted}' is none of its {what}{NearestName.Hint(wanted!, all.Select(a => names(a)[0]).ToList())}"
                : $"{where}: it has {fitting.Count} {what} ({string.Join(", ", fitting.Select(a => names(a)[0]))}); say which with {option}.");
    }

    private static int Export(Experiment experiment, string? name, int? seed, string? output, string? corpora)
    {
        var chosen = seed ?? Only(experiment.File, "seeds", "--seed", experiment.Seeds, s => [s.ToString(CultureInfo.InvariantCulture)], null);
        var protocol = experiment.Protocols[0].Protocol;
        if (protocol.TrainsOnOtherCorpora)
        {
            throw new UndertoneException($"protocol '{protocol.Name}' trains on other corpora; a split file holds the folds of one corpus.");
        }

        var read = ExperimentRun.ReadCorpora(experiment, corpora);
        var corpus = read.Count == 1 ? read[0] : read.Single(c => c.Card.Name == name);
        var splits = TrialGrid.Splits(experiment, protocol, corpus, read, chosen);
        var audit = LeakageAudit.Require(protocol, splits, adapted: false);
        var table = SplitTable.Of(splits, new Dictionary<string, string>
        {
            ["corpus"] = corpus.Card.Name,
            ["protocol"] = protocol.Name,
            ["seed"] = chosen.ToString(CultureInfo.InvariantCulture),
            ["validation speakers"] = experiment.ValidationSpeakers.ToString(CultureInfo.InvariantCulture),
            ["badge"] = audit.Badge.ToString(),
        });
        if (output is null)
        {
            Console.Write(table);
            return ErrorReporting.Done;
        }

        try
        {
            File.WriteAllText(output, table.ToString());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UndertoneException($"--out {output}: the file cannot be written ({e.Message})", e);
        }

        Console.WriteLine($"{output}: {Figures.Count(splits.Count, "fold")} of {corpus.Card.Name} by {protocol.Name}, {Figures.Count(table.Rows.Count, "row")}, sha256 {table.Hash}");
        return ErrorReporting.Done;
    }

    private static int Import(string file, string? corpus, string? corpora)
    {
        var table = SplitTable.Read(file);
        var name = corpus ?? table.Corpus
            ?? throw new UndertoneException($"{file}: no comment says of which corpus the folds are (# corpus: emodb); say it with --corpus NAME.");
        var found = CorpusLocator.Find(name);
        var data = CorpusReader.Read(found, CorpusLocator.Locate(found, corpora), CacheFolder.Default);
        var check = table.Check(data);
        var protocol = new SplitFile(table);
        var splits = protocol.Splits(data, new ValidationOptions { Speakers = 0 }, 0);
        Console.WriteLine($"{file}: {Figures.Count(splits.Count, "fold")} of {data.Card.Name}, {Figures.Count(table.Rows.Count, "row")}, sha256 {table.Hash}");
        AuditReport.Write(splits, LeakageAudit.Of(splits, adapted: false));
        if (check.Missing.Count > 0)
        {
            Console.WriteLine($"  {Figures.Count(check.Missing.Count, "utterance")} of the corpus are in no fold: {string.Join(", ", check.Missing.Take(8))}{(check.Missing.Count > 8 ? ", ..." : "")}");
        }

        var untested = data.Utterances.Select(u => u.Id).Except(splits.SelectMany(s => s.Test).Select(u => u.Id)).Count() - check.Missing.Count;
        if (untested > 0)
        {
            Console.WriteLine($"  {Figures.Count(untested, "utterance")} of the file are never tested");
        }

        Console.WriteLine($"  in an experiment: protocols: [{{ kind: split-file, file: {file} }}]");
        return ErrorReporting.Done;
    }
}
