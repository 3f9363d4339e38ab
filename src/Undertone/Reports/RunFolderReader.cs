using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Undertone.Corpora;
using Undertone.Evaluation;
using Undertone.Evaluation.Regression;
using Undertone.Experiments;
using Undertone.Protocols;
using Undertone.Systems;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Undertone.Reports;

/// <summary>Reads a run folder, whole or in part: whatever trials have finished or failed when it is read.</summary>
public static class RunFolderReader
{
    /// <summary>Reads a run folder.</summary>
    /// <param name="path">The folder: <c>runs/emodb-blueprint</c>.</param>
    /// <returns>The run.</returns>
    /// <exception cref="UndertoneException">There is no run in the folder, or a file of it is damaged; the message names it.</exception>
    public static ReportInput Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var folder = new RunFolder(path);
        if (!File.Exists(folder.ExperimentFile))
        {
            throw new UndertoneException(
                $"{path}: this is no run folder (it has no experiment.yaml); expected one that 'undertone run' made, such as runs/quickstart.");
        }

        var yaml = File.ReadAllText(folder.ExperimentFile).ReplaceLineEndings("\n");
        var root = Root(folder.ExperimentFile, yaml);
        var name = Text(root, "name") ?? throw new UndertoneException($"{folder.ExperimentFile}: there is no 'name'; expected the experiment's name.");
        var records = folder.FinishedTrials().Select(t => TrialRecord.Read(folder.TrialFile(t, TrialFiles.Record))).ToList();
        return new ReportInput
        {
            Name = name,
            Description = Text(root, "description"),
            ExperimentYaml = yaml,
            ExperimentHash = Hash(yaml),
            Claims = ExperimentFile.ClaimsOf(folder.ExperimentFile, yaml),
            Corpora = Corpora(folder, root),
            Trials = [.. records.Where(r => !r.Task.IsRegression).Select(r => Trial(folder, r))],
            Regressions = [.. records.Where(r => r.Task.IsRegression).Select(r => Regression(folder, r))],
            Failures = Failures(folder),
            Versions = Versions(records),
            Command = $"./undertone run experiments/{name}.yaml",
        };
    }

    /// <summary>SHA-256 of a text in UTF-8, lower-case hex.</summary>
    internal static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static ReportTrial Trial(RunFolder folder, TrialRecord record) => new(
        Finished(folder, record),
        PredictionTable.Read(folder.TrialFile(record.Trial, TrialFiles.Predictions)),
        record.Split.Validation.Count > 0 ? PredictionTable.Read(folder.TrialFile(record.Trial, TrialFiles.Validation)) : null);

    private static RegressionTrial Regression(RunFolder folder, TrialRecord record) => new(
        Finished(folder, record),
        RegressionTable.Read(folder.TrialFile(record.Trial, TrialFiles.Predictions)),
        record.Split.Validation.Count > 0 ? RegressionTable.Read(folder.TrialFile(record.Trial, TrialFiles.Validation)) : null);

    private static FinishedTrial Finished(RunFolder folder, TrialRecord record)
    {
        var history = folder.TrialFile(record.Trial, TrialFiles.History);
        return new FinishedTrial
        {
            Name = record.Trial,
            Corpus = record.Spec.Corpus,
            System = record.Spec.System,
            Variant = record.Spec.Variant ?? "",
            Protocol = record.Spec.Protocol,
            ProtocolKind = record.Spec.ProtocolKind,
            Fold = record.Spec.Fold,
            Seed = record.Spec.Seed,
            Badge = Badge.Parse(record.Badge),
            SpecHash = record.SpecHash,
            Split = record.Split,
            Audit = record.Audit,
            Settings = record.Spec.Settings.ToJsonString(),
            Started = DateTimeOffset.TryParse(record.Timings.Started, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null,
            Seconds = record.Timings.TotalSeconds,
            Cost = record.Cost,
            TakenFrom = record.TakenFrom,
            History = File.Exists(history) ? TrialFiles.ReadHistory(history) : [],
        };
    }

    private static string Target(RunFolder folder, string corpus) => !File.Exists(folder.TargetFile) ? "" : string.Join("; ",
        from row in Rows(folder.TargetFile, [.. TargetFile.Columns])
        where row[0] == corpus
        select $"{row[1]}: said of {row[2]} utterances; left out, since it is not known of them: {row[3]}");

    private static List<ReportCorpus> Corpora(RunFolder folder, YamlMappingNode root)
    {
        var heard = File.Exists(folder.UtterancesFile)
            ? UtterancesFile.Read(folder.UtterancesFile)
            : [];
        var names = root.Children.TryGetValue(new YamlScalarNode("corpora"), out var list) && list is YamlSequenceNode items
            ? items.Children.Select(n => n is YamlMappingNode table ? Text(table, "name") ?? "" : ((YamlScalarNode)n).Value ?? "").ToList()
            : heard.Select(u => u.Corpus).Distinct().ToList();
        return [.. names.Select(name => Corpus(name, folder, heard.Where(u => u.Corpus == name).ToList()))];
    }

    private static ReportCorpus Corpus(string name, RunFolder folder, List<Utterance> utterances) => new()
    {
        Name = name,
        Card = CorpusCatalog.All.Select(c => c.Card).FirstOrDefault(c => c.Name == name),
        Utterances = utterances.Count,
        Heard = utterances,
        Speakers = utterances.Select(u => u.Speaker).Distinct().Count(),
        Seconds = utterances.Sum(u => u.Seconds),
        LeftOut = LeftOut(folder, name),
        Labels = Labels(folder, name),
        Target = Target(folder, name),
    };

    private static List<LabelsRow> Labels(RunFolder folder, string corpus)
    {
        var path = folder.LabelsFile;
        return File.Exists(path)
            ? [.. Rows(path, [.. LabelsFile.Columns]).Where(r => r[0] == corpus).Select(r => new LabelsRow(r[0], r[1], Filled(r[2]), r[3], Filled(r[4]), (int)Number(path, r[5])))]
            : [];

        static string? Filled(string text) => text.Length == 0 ? null : text;
    }

    private static List<UnreadableFile> LeftOut(RunFolder folder, string corpus)
    {
        var path = folder.LeftOutFile;
        return File.Exists(path)
            ? [.. Rows(path, ["corpus", "file", "reason"]).Where(r => r[0] == corpus).Select(r => new UnreadableFile(r[1], r[2]))]
            : [];
    }

    private static List<FailedTrial> Failures(RunFolder folder)
    {
        const string ending = ".failed.log";
        if (!Directory.Exists(folder.TrialsFolder))
        {
            return [];
        }

        var failures = new List<FailedTrial>();
        foreach (var log in Directory.GetFiles(folder.TrialsFolder, "*" + ending).Order(StringComparer.Ordinal))
        {
            var trial = Path.GetFileName(log)[..^ending.Length];
            if (!folder.IsFinished(trial))
            {
                var reason = File.ReadLines(log).Skip(1).TakeWhile(l => l.Length > 0);
                failures.Add(new FailedTrial(trial, string.Join(" ", reason)));
            }
        }

        return failures;
    }

    private static List<KeyValuePair<string, string>> Versions(List<TrialRecord> records)
    {
        var versions = new List<KeyValuePair<string, string>>();
        Add("Undertone", v => v.Undertone);
        Add("libtorch", v => v.Torch);
        Add(".NET", v => v.DotNet);
        Add("System", v => v.System);
        return versions;

        void Add(string name, Func<TrialVersions, string?> of)
        {
            var all = records.Select(r => of(r.Versions)).Where(v => v is not null).Distinct().Order(StringComparer.Ordinal).ToList();
            if (all.Count > 0)
            {
                versions.Add(new(name, string.Join(", ", all)));
            }
        }
    }

    private static IEnumerable<string[]> Rows(string path, string[] header)
    {
        using var reader = new StreamReader(path);
        using var csv = new CsvParser(reader, new CsvConfiguration(CultureInfo.InvariantCulture) { HasHeaderRecord = false, BadDataFound = null });
        if (!csv.Read() || !header.SequenceEqual(csv.Record!))
        {
            throw new UndertoneException($"{path}:1: expected the columns {string.Join(',', header)}. Delete the file's folder, or run the experiment again.");
        }

        while (csv.Read())
        {
            if (csv.Count != header.Length)
            {
                throw new UndertoneException(string.Create(
                    CultureInfo.InvariantCulture, $"{path}:{csv.RawRow}: {csv.Count} fields; expected {header.Length} ({string.Join(',', header)})."));
            }

            yield return csv.Record!;
        }
    }

    private static double Number(string path, string text) =>
        text.Length == 0 ? double.NaN
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value
        : throw new UndertoneException($"{path}: '{text}' is not a number.");

    private static YamlMappingNode Root(string path, string yaml)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            return stream.Documents.Count > 0 && stream.Documents[0].RootNode is YamlMappingNode root
                ? root
                : throw new UndertoneException($"{path}: expected a mapping that begins with 'name:'.");
        }
        catch (Exception e) when (e is YamlException or InvalidOperationException or ArgumentException)
        {
            throw new UndertoneException($"{path}{(e is YamlException { Start.Line: var line } ? $":{line}" : string.Empty)}: this is not YAML ({e.Message}); start the run again to have it written anew.", e);
        }
    }

    private static string? Text(YamlMappingNode root, string key) =>
        root.Children.TryGetValue(new YamlScalarNode(key), out var node) ? (node as YamlScalarNode)?.Value : null;
}
