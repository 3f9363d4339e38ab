using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using CsvHelper;
using CsvHelper.Configuration;
using Undertone.Evaluation;
using Undertone.Evaluation.Regression;
using Undertone.Protocols;
using Undertone.Systems;

namespace Undertone.Reports;

/// <summary>
/// The files behind a page of docs/results: <c>NAME.predictions.csv.gz</c> with every test row, and every validation
/// row without its probabilities (they tell only the validation UAR), and <c>NAME.json</c> with experiments,
/// badges and durations.
/// </summary>
public static class KeptResultsFile
{
    /// <summary>How the name of the predictions' file ends.</summary>
    public const string PredictionsEnding = ".predictions.csv.gz";

    private const int Format = 1;
    private const string TestPart = "test";
    private const string ValidationPart = "validation";

    private static readonly string[] Fixed =
        ["corpus", "system", "variant", "protocol", "fold", "seed", "badge", "part", "utterance", "speaker", "true", "predicted"];

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Writes page, predictions and JSON; the same results give the same bytes.</summary>
    /// <param name="folder">The folder; made where it is missing.</param>
    /// <param name="kept">What is to be kept.</param>
    /// <returns>The page's path.</returns>
    public static string Write(string folder, KeptResults kept)
    {
        ArgumentNullException.ThrowIfNull(kept);
        Directory.CreateDirectory(folder);
        using (var file = File.Create(Path.Combine(folder, kept.Name + PredictionsEnding)))
        using (var zip = new GZipStream(file, CompressionLevel.SmallestSize))
        {
            zip.Write(Encoding.UTF8.GetBytes(Rows(kept)));
        }

        var index = new Index(Format, kept.Name, kept.Experiments, [.. kept.Trials.Select(t => Entry(t, t.Test.Classes, null)), .. kept.Regressions.Select(t => Entry(t, [], t.Test.Targets))], kept.Speakers.Count > 0 ? kept.Speakers : null);
        File.WriteAllText(Path.Combine(folder, kept.Name + ".json"), JsonSerializer.Serialize(index, Json).ReplaceLineEndings("\n") + "\n");

        // The page is written from what was kept, not from memory, so that a check can only find it equal.
        return WritePage(folder, kept.Name);
    }

    /// <summary>Writes the page alone, from what is kept under its name.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">The page's name.</param>
    /// <returns>The page's path.</returns>
    /// <exception cref="UndertoneException">A file is missing, damaged or of another version.</exception>
    public static string WritePage(string folder, string name)
    {
        var page = Path.Combine(folder, name + ".md");
        File.WriteAllText(page, ResultsPage.Write(Read(folder, name)));
        return page;
    }

    /// <summary>Reads what is kept under a name.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">The page's name.</param>
    /// <exception cref="UndertoneException">A file is missing, damaged or of another version.</exception>
    public static KeptResults Read(string folder, string name)
    {
        var path = Path.Combine(folder, name + ".json");
        var index = ReadIndex(path);
        var rows = ReadRows(Path.Combine(folder, name + PredictionsEnding));
        var trials = index.Trials.Where(e => e.Targets is null).Select(e => Trial(path, e, rows)).ToList();
        var regressions = index.Trials.Where(e => e.Targets is not null).Select(e => Regression(path, e, rows)).ToList();
        if (rows.Count > 0)
        {
            throw new UndertoneException($"{path}: the predictions hold a trial that it does not list ({rows.Keys.First()}). Write both again with 'undertone results write'.");
        }

        return new KeptResults { Name = index.Name, Experiments = index.Experiments, Trials = trials, Regressions = regressions, Speakers = index.Speakers ?? [] };
    }

    // The classes' columns come first, then those of values; a row leaves empty what it does not have.
    private static string Rows(KeptResults kept)
    {
        var classes = kept.Trials.SelectMany(t => t.Test.Classes).Distinct().ToList();
        var targets = kept.Regressions.SelectMany(t => t.Test.Targets).Distinct().ToList();
        var text = new StringBuilder();
        text.AppendJoin(',', Fixed.Concat(classes.Select(c => $"p({c})")).Concat(targets.SelectMany(ValueColumns)).Select(CsvRecords.Field)).Append('\n');
        foreach (var trial in kept.Trials)
        {
            Part(trial, TestPart, trial.Test);
            if (trial.Validation is not null)
            {
                Part(trial, ValidationPart, trial.Validation);
            }
        }

        foreach (var trial in kept.Regressions)
        {
            Values(trial, TestPart, trial.Test);
            if (trial.Validation is not null)
            {
                Values(trial, ValidationPart, trial.Validation);
            }
        }

        return text.ToString();

        string[] Head(FinishedTrial trial, string part) =>
            [trial.Corpus, trial.System, trial.Variant, trial.Protocol, trial.Fold, Figures.Count(trial.Seed), trial.Badge.ToString(), part];

        void Values(RegressionTrial trial, string part, RegressionTable table)
        {
            var head = Head(trial, part);
            foreach (var row in table.Rows)
            {
                var values = targets.SelectMany(t => table.Targets.ToList().IndexOf(t) is >= 0 and var i ? new[] { Number(row.True[i]), Number(row.Predicted[i]) } : ["", ""]);
                text.AppendJoin(',', head.Concat([row.Utterance, row.Speaker, "", ""]).Concat(classes.Select(_ => "")).Concat(values).Select(CsvRecords.Field)).Append('\n');
            }
        }

        void Part(ReportTrial trial, string part, PredictionTable table)
        {
            var head = Head(trial, part);
            foreach (var row in table.Rows)
            {
                var probabilities = classes.Select(c => part == TestPart ? Probability(table.Classes, row, c) : "");
                text.AppendJoin(',', head.Concat([row.Utterance, row.Speaker, row.True, row.Predicted]).Concat(probabilities).Concat(targets.SelectMany(_ => new[] { "", "" })).Select(CsvRecords.Field)).Append('\n');
            }
        }
    }

    private static string[] ValueColumns(string target) => [$"true({target})", $"predicted({target})"];

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Probability(IReadOnlyList<string> classes, PredictionRow row, string name)
    {
        for (var c = 0; c < row.Probabilities?.Count; c++)
        {
            if (classes[c] == name)
            {
                return row.Probabilities[c].ToString("R", CultureInfo.InvariantCulture);
            }
        }

        return "";
    }

    private static TrialEntry Entry(FinishedTrial t, IReadOnlyList<string> classes, IReadOnlyList<string>? targets) => new(
        t.Name,
        t.Corpus,
        t.System,
        t.Variant,
        t.Protocol,
        t.ProtocolKind,
        t.Fold,
        t.Seed,
        t.Badge.ToString(),
        classes,
        t.SpecHash,
        t.Started?.UtcDateTime.ToString("o", CultureInfo.InvariantCulture),
        double.IsFinite(t.Seconds) ? Math.Round(t.Seconds, 3) : null)
    {
        Targets = targets,
        TakenFrom = t.TakenFrom,
        Cost = t.Cost,
    };

    private static ReportTrial Trial(string path, TrialEntry entry, Dictionary<RowKey, List<KeptRow>> rows)
    {
        var (test, validation) = Parts(path, entry, rows);
        return new ReportTrial(Finished(entry), Table(path, entry, test), validation is null ? null : Table(path, entry, validation));
    }

    private static RegressionTrial Regression(string path, TrialEntry entry, Dictionary<RowKey, List<KeptRow>> rows)
    {
        var (test, validation) = Parts(path, entry, rows);
        return new RegressionTrial(Finished(entry), Values(path, entry, test), validation is null ? null : Values(path, entry, validation));
    }

    private static (List<KeptRow> Test, List<KeptRow>? Validation) Parts(string path, TrialEntry entry, Dictionary<RowKey, List<KeptRow>> rows)
    {
        if (!rows.Remove(KeyOf(entry, TestPart), out var test))
        {
            throw new UndertoneException($"{path}: the predictions of trial '{entry.Trial}' are missing. Write both again with 'undertone results write'.");
        }

        rows.Remove(KeyOf(entry, ValidationPart), out var validation);
        return (test, validation);
    }

    private static FinishedTrial Finished(TrialEntry entry) => new()
    {
        Name = entry.Trial,
        Corpus = entry.Corpus,
        System = entry.System,
        Variant = entry.Variant,
        Protocol = entry.Protocol,
        ProtocolKind = entry.ProtocolKind,
        Fold = entry.Fold,
        Seed = entry.Seed,
        Badge = Badge.Parse(entry.Badge),
        SpecHash = entry.SpecHash,
        Started = entry.Started is null ? null : DateTimeOffset.Parse(entry.Started, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
        Seconds = entry.Seconds ?? double.NaN,
        Cost = entry.Cost,
        TakenFrom = entry.TakenFrom,
    };

    private static RegressionTable Values(string path, TrialEntry entry, List<KeptRow> rows)
    {
        try
        {
            return new RegressionTable(entry.Targets!, [.. rows.Select(r => r.Values(entry.Targets!))]);
        }
        catch (ArgumentException e)
        {
            throw new UndertoneException($"{path}: trial '{entry.Trial}': {e.Message} Write both again with 'undertone results write'.", e);
        }
    }

    private static PredictionTable Table(string path, TrialEntry entry, List<KeptRow> rows)
    {
        try
        {
            return new PredictionTable(entry.Classes, [.. rows.Select(r => r.For(entry.Classes))]);
        }
        catch (ArgumentException e)
        {
            throw new UndertoneException($"{path}: trial '{entry.Trial}': {e.Message} Write both again with 'undertone results write'.", e);
        }
    }

    private static RowKey KeyOf(TrialEntry t, string part) => new(t.Corpus, t.System, t.Variant, t.Protocol, t.Fold, Figures.Count(t.Seed), t.Badge, part);

    private static Index ReadIndex(string path)
    {
        if (!File.Exists(path))
        {
            throw new UndertoneException($"{path}: the file is missing; it is written beside the predictions by 'undertone results write'.");
        }

        try
        {
            var index = JsonSerializer.Deserialize<Index>(File.ReadAllText(path), Json) ?? throw new JsonException("expected an object");
            return index.Format == Format
                ? index
                : throw new UndertoneException($"{path}: 'format' is {Figures.Count(index.Format)}; this version of Undertone reads format {Figures.Count(Format)}.");
        }
        catch (JsonException e)
        {
            throw new UndertoneException($"{path}: the file is damaged ({e.Message.TrimEnd('.')}). Write it again with 'undertone results write'.", e);
        }
    }

    private static Dictionary<RowKey, List<KeptRow>> ReadRows(string path)
    {
        var trials = new Dictionary<RowKey, List<KeptRow>>();
        try
        {
            using var file = File.OpenRead(path);
            using var zip = new GZipStream(file, CompressionMode.Decompress);
            using var reader = new StreamReader(zip, Encoding.UTF8);
            using var csv = new CsvParser(reader, new CsvConfiguration(CultureInfo.InvariantCulture) { HasHeaderRecord = false });
            if (!csv.Read() || !Fixed.SequenceEqual(csv.Record!.Take(Fixed.Length)))
            {
                throw new UndertoneException($"{path}:1: expected the columns {string.Join(',', Fixed)}, and then p(class)... or true(target),predicted(target)...");
            }

            var header = csv.Record!;
            var columns = header.Length;
            while (csv.Read())
            {
                var r = csv.Record!;
                if (r.Length != columns)
                {
                    throw new UndertoneException(string.Create(CultureInfo.InvariantCulture, $"{path}:{csv.RawRow}: {r.Length} fields; expected {columns}."));
                }

                var key = new RowKey(r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7]);
                if (!trials.TryGetValue(key, out var rows))
                {
                    trials[key] = rows = [];
                }

                var probabilities = new Dictionary<string, double>();
                for (var c = Fixed.Length; c < columns; c++)
                {
                    if (r[c].Length > 0)
                    {
                        probabilities.Add(header[c], double.Parse(r[c], CultureInfo.InvariantCulture));
                    }
                }

                rows.Add(new KeptRow(r[8], r[9], r[10], r[11], probabilities));
            }
        }
        catch (Exception e) when (e is IOException or InvalidDataException or CsvHelperException or FormatException)
        {
            throw new UndertoneException($"{path}: the file is damaged ({e.Message.TrimEnd('.')}). Write it again with 'undertone results write'.", e);
        }

        return trials;
    }

    private sealed record Index(int Format, string Name, IReadOnlyList<KeptExperiment> Experiments, IReadOnlyList<TrialEntry> Trials,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<KeptSpeaker>? Speakers = null);

    private sealed record TrialEntry(
        string Trial,
        string Corpus,
        string System,
        string Variant,
        string Protocol,
        string ProtocolKind,
        string Fold,
        int Seed,
        string Badge,
        IReadOnlyList<string> Classes,
        string SpecHash,
        string? Started,
        double? Seconds)
    {
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public IReadOnlyList<string>? Targets { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? TakenFrom { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public ModelCost? Cost { get; init; }
    }

    private sealed record KeptRow(string Utterance, string Speaker, string True, string Predicted, Dictionary<string, double> Numbers)
    {
        public PredictionRow For(IReadOnlyList<string> classes) => new(
            Utterance, Speaker, True, Predicted, Numbers.Count == 0 ? null : [.. classes.Select(c => Numbers.GetValueOrDefault($"p({c})"))]);

        public RegressionRow Values(IReadOnlyList<string> targets) => new(
            Utterance,
            Speaker,
            [.. targets.Select(t => Numbers.GetValueOrDefault($"true({t})", double.NaN))],
            [.. targets.Select(t => Numbers.GetValueOrDefault($"predicted({t})", double.NaN))]);
    }

    private sealed record RowKey(string Corpus, string System, string Variant, string Protocol, string Fold, string Seed, string Badge, string Part);
}
