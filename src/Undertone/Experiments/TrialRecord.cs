using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Undertone.Systems;
using Undertone.Training;

namespace Undertone.Experiments;

/// <summary>What <c>trial.json</c> says of a finished trial.</summary>
public sealed record TrialRecord
{
    /// <summary>The version of the format that this Undertone writes and reads.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The format's version.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>The trial's name.</summary>
    public required string Trial { get; init; }

    /// <summary><c>finished</c>: only finished trials have a record.</summary>
    public string Status { get; init; } = "finished";

    /// <summary>What was run.</summary>
    public required TrialSpec Spec { get; init; }

    /// <summary>SHA-256 of the spec's canonical text, lower-case hex.</summary>
    public required string SpecHash { get; init; }

    /// <summary>The classes, in the order of the probabilities' columns; empty in a regression.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>The targets of a regression, in the order of the values' columns; null where classes are told apart.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Targets { get; init; }

    /// <summary>What was learned.</summary>
    [JsonIgnore]
    public TrainingTask Task => Targets is null ? TrainingTask.Classification(Classes) : TrainingTask.Regression(Targets);

    /// <summary>Which utterances trained, validated and tested.</summary>
    public required TrialSplit Split { get; init; }

    /// <summary>The badge of every score of this trial: <c>speaker-independent</c>, ...</summary>
    public required string Badge { get; init; }

    /// <summary>What the leakage audit found.</summary>
    public required TrialAudit Audit { get; init; }

    /// <summary>When it ran and how long.</summary>
    public required TrialTimings Timings { get; init; }

    /// <summary>With what it ran.</summary>
    public required TrialVersions Versions { get; init; }

    /// <summary>The command that runs this trial again.</summary>
    public required string Command { get; init; }

    /// <summary>What a search for hyper-parameters chose, by path; null where there was none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonObject? Chosen { get; init; }

    /// <summary>What the fitted system costs to keep and to use; null where that was not counted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ModelCost? Cost { get; init; }

    /// <summary>The run and trial that this one was copied from, <c>emodb-adapted/emodb.cnn.loso-03.seed-0</c>; null where it was run here.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TakenFrom { get; init; }

    /// <summary>Reads a record.</summary>
    /// <param name="path">The file <c>trial.json</c>.</param>
    /// <returns>The record.</returns>
    /// <exception cref="UndertoneException">The file is missing, damaged or of another version; the message says how to go on.</exception>
    public static TrialRecord Read(string path)
    {
        var wayOut = $"Delete the folder {Path.GetDirectoryName(path)} to run the trial again.";
        if (!File.Exists(path))
        {
            throw new UndertoneException($"{path}: the file is missing from a finished trial. {wayOut}");
        }

        try
        {
            var json = JsonNode.Parse(File.ReadAllText(path)) as JsonObject
                ?? throw new JsonException("expected an object");
            if (json["format"]?.GetValueKind() != JsonValueKind.Number || json["format"]!.GetValue<int>() != CurrentFormat)
            {
                throw new UndertoneException(
                    $"{path}: 'format' is {json["format"]?.ToJsonString() ?? "missing"}; this version of Undertone reads format {CurrentFormat}. {wayOut}");
            }

            var record = json.Deserialize(TrialJson.Default.TrialRecord) ?? throw new JsonException("expected an object");
            return record.SpecHash == HashOf(json["spec"]!.ToJsonString(TrialJson.Default.Options))
                ? record
                : throw new JsonException("'spec' is not the one that 'spec_hash' was made of");
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            throw new UndertoneException($"{path}: the file is damaged ({e.Message.TrimEnd('.')}). {wayOut}", e);
        }
    }

    /// <summary>SHA-256 of a spec's canonical text, lower-case hex.</summary>
    internal static string HashOf(string canonical) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical.ReplaceLineEndings("\n"))));

    /// <summary>Writes the record.</summary>
    /// <param name="path">The file to write.</param>
    public void Write(string path) =>
        File.WriteAllText(path, JsonSerializer.Serialize(this, TrialJson.Default.TrialRecord).ReplaceLineEndings("\n") + "\n");
}

/// <summary>What a trial is: all that decides its predictions.</summary>
public sealed record TrialSpec
{
    /// <summary>The corpus.</summary>
    public required string Corpus { get; init; }

    /// <summary>The corpus's fingerprint.</summary>
    public required string CorpusFingerprint { get; init; }

    /// <summary>The system's label: its alias in the experiment, or its name.</summary>
    public required string System { get; init; }

    /// <summary>The system's own name in the catalog.</summary>
    public required string SystemName { get; init; }

    /// <summary>The variant, or null.</summary>
    public string? Variant { get; init; }

    /// <summary>The protocol's name as in the trial's name: <c>loso</c>.</summary>
    public required string Protocol { get; init; }

    /// <summary>The protocol's kind: <c>leave-one-speaker-out</c>.</summary>
    public required string ProtocolKind { get; init; }

    /// <summary>The protocol's parameters.</summary>
    public required JsonObject ProtocolParameters { get; init; }

    /// <summary>The fold.</summary>
    public required string Fold { get; init; }

    /// <summary>The seed.</summary>
    public required int Seed { get; init; }

    /// <summary>How many training speakers were held out for early stopping.</summary>
    public required int ValidationSpeakers { get; init; }

    /// <summary>Every setting of the system.</summary>
    public required JsonObject Settings { get; init; }

    /// <summary>The search for hyper-parameters inside the training speakers; null where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonObject? Search { get; init; }

    /// <summary>The corpora that are trained on in place of the tested one, with their fingerprints; null where a corpus is split in itself.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonObject? TrainingCorpora { get; init; }

    /// <summary>What each label of each corpus became (null: left out), by corpus; null where corpora keep their own labels.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonObject? Labels { get; init; }

    /// <summary>What is learned in place of the emotion: its columns, and the fingerprint of each corpus's values; null for the emotion.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonObject? Target { get; init; }

    /// <summary>The fingerprint of the features: a newer computation of them is other work; null in records of before it was kept.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Features { get; init; }

    /// <summary>The canonical text: one line, keys in the order of declaration.</summary>
    public string Canonical() => JsonSerializer.Serialize(this, TrialJson.Default.TrialSpec).ReplaceLineEndings("\n");

    /// <summary>SHA-256 of <see cref="Canonical"/>, lower-case hex.</summary>
    public string Hash() => TrialRecord.HashOf(Canonical());

    /// <summary>Where two specs differ.</summary>
    /// <param name="stored">The spec of a stored trial.</param>
    /// <param name="wanted">The spec of the experiment.</param>
    /// <returns>Lines such as <c>settings.training.epochs: stored 40, now 30</c>; empty where they are equal.</returns>
    public static IReadOnlyList<string> Differences(TrialSpec stored, TrialSpec wanted)
    {
        ArgumentNullException.ThrowIfNull(stored);
        ArgumentNullException.ThrowIfNull(wanted);
        var differences = new List<string>();
        var comparable = stored.Features is null ? wanted with { Features = null } : wanted;
        Compare(JsonNode.Parse(stored.Canonical()), JsonNode.Parse(comparable.Canonical()), string.Empty, differences);
        return differences;
    }

    private static void Compare(JsonNode? stored, JsonNode? wanted, string path, List<string> differences)
    {
        if (stored is JsonObject before && wanted is JsonObject after)
        {
            foreach (var key in before.Select(p => p.Key).Union(after.Select(p => p.Key)))
            {
                Compare(before[key], after[key], path.Length == 0 ? key : $"{path}.{key}", differences);
            }
        }
        else if (!JsonNode.DeepEquals(stored, wanted))
        {
            differences.Add($"{path}: stored {stored?.ToJsonString() ?? "nothing"}, now {wanted?.ToJsonString() ?? "nothing"}");
        }
    }
}

/// <summary>The utterances of a trial by id.</summary>
/// <param name="Train">Training utterances.</param>
/// <param name="Validation">Validation utterances.</param>
/// <param name="Test">Test utterances.</param>
public sealed record TrialSplit(IReadOnlyList<string> Train, IReadOnlyList<string> Validation, IReadOnlyList<string> Test);

/// <summary>What the leakage audit found in a trial's split.</summary>
/// <param name="SharedSpeakers">Speakers of the test part who are in another.</param>
/// <param name="SharedSentences">The number of sentences spoken in the test part and in another.</param>
/// <param name="SharedAudio">The number of test recordings with identical or near-identical audio in another part.</param>
/// <param name="Adapted">Whether unlabelled audio of the test speakers was used.</param>
public sealed record TrialAudit(IReadOnlyList<string> SharedSpeakers, int SharedSentences, int SharedAudio, bool Adapted)
{
    /// <summary>Counts what the audit of a trial's fold found.</summary>
    /// <param name="trial">The trial.</param>
    public static TrialAudit Of(Trial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        var (train, validation) = (trial.Audit.TrainTest, trial.Audit.ValidationTest);
        return new TrialAudit(
            [.. train.Speakers.Union(validation.Speakers).Order(StringComparer.Ordinal)],
            train.Sentences.Union(validation.Sentences).Count(),
            train.Audio.Concat(validation.Audio).Concat(train.NearAudio).Concat(validation.NearAudio).Select(a => a.Second).Distinct().Count() + train.Utterances.Union(validation.Utterances).Count(),
            trial.Badge.Adapted);
    }
}

/// <summary>When a trial ran and how long its parts took.</summary>
/// <param name="Started">Start, UTC, ISO 8601.</param>
/// <param name="PrepareSeconds">From the start of the process to the start of training.</param>
/// <param name="TrainSeconds">Training, features included.</param>
/// <param name="PredictSeconds">Predicting validation and test part.</param>
/// <param name="TotalSeconds">From the start of the process to the writing of this record.</param>
public sealed record TrialTimings(string Started, double PrepareSeconds, double TrainSeconds, double PredictSeconds, double TotalSeconds);

/// <summary>With what a trial ran.</summary>
/// <param name="Undertone">Undertone's version.</param>
/// <param name="Torch">libtorch's version; null where it was not loaded.</param>
/// <param name="DotNet">The .NET runtime.</param>
/// <param name="System">Operating system and processor architecture.</param>
/// <param name="Device">The device setting: <c>auto</c>, <c>cpu</c> or <c>cuda</c>.</param>
public sealed record TrialVersions(string Undertone, string? Torch, string DotNet, string System, string Device);

/// <summary>How records are written: compiled in, so that a trial's process starts quickly.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(TrialRecord))]
[JsonSerializable(typeof(TrialSpec))]
internal sealed partial class TrialJson : JsonSerializerContext;
