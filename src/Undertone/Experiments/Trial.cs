using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Undertone.Corpora;
using Undertone.Features;
using Undertone.Protocols;
using Undertone.Systems;
using Undertone.Training;

namespace Undertone.Experiments;

/// <summary>One cell of the grid: a system, with its settings and seed, on one fold of a corpus.</summary>
public sealed record Trial
{
    /// <summary>The corpus as read, its labels harmonised: the tested one.</summary>
    public required CorpusData Corpus { get; init; }

    /// <summary>The corpora that are trained on instead of the tested one, by name; empty where a corpus is split in itself.</summary>
    public IReadOnlyList<CorpusData> TrainingCorpora { get; init; } = [];

    /// <summary>The system.</summary>
    public required ExperimentSystem System { get; init; }

    /// <summary>The variant, or null.</summary>
    public ExperimentVariant? Variant { get; init; }

    /// <summary>The system's settings, the variant's overrides applied.</summary>
    public required SystemSettings Settings { get; init; }

    /// <summary>The protocol.</summary>
    public required ExperimentProtocol Protocol { get; init; }

    /// <summary>The fold.</summary>
    public required Split Split { get; init; }

    /// <summary>What the parts of the fold share.</summary>
    public required FoldAudit Audit { get; init; }

    /// <summary>The badge of the protocol's scores: that of its weakest fold.</summary>
    public required Badge Badge { get; init; }

    /// <summary>The seed.</summary>
    public required int Seed { get; init; }

    /// <summary>How many training speakers are held out.</summary>
    public required int ValidationSpeakers { get; init; }

    /// <summary>The search for hyper-parameters inside its training speakers; null for none.</summary>
    public SearchPlan? Search { get; init; }

    /// <summary><c>auto</c>, <c>cpu</c> or <c>cuda</c>.</summary>
    public required string Device { get; init; }

    /// <summary>
    /// The classes, in the tested corpus's order: those that are trained on. Across corpora they are the ones that both
    /// sides have.
    /// </summary>
    public IReadOnlyList<string> Classes => [.. Corpus.Classes.Where(Split.Train.Select(u => u.Emotion).ToHashSet().Contains)];

    /// <summary>What is learned.</summary>
    public TrainingTask Task => TrainingTask.Of(Corpus) is { IsRegression: true } regression ? regression : TrainingTask.Classification(Classes);

    /// <summary>The name: <c>emodb.cnn-lstm.loso-03.seed-0</c>; across corpora <c>urdu.cnn.cross-corpus-emodb-to-urdu.seed-0</c>.</summary>
    public string Name => string.Create(
        CultureInfo.InvariantCulture, $"{Group}.{Protocol.Protocol.Name}-{Split.Fold}.seed-{Seed}");

    /// <summary>What its duration depends on: <c>emodb.cnn-lstm</c>, with the variant where there is one.</summary>
    public string Group => Variant is null ? $"{Corpus.Card.Name}.{System.Label}" : $"{Corpus.Card.Name}.{System.Label}.{Variant.Name}";

    /// <summary>The number of training epochs that its settings allow, where they say.</summary>
    public int? Epochs => SettingPath.Flatten(Settings).FirstOrDefault(s => s.Key == "training.epochs").Value is string text
        && int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var epochs) ? epochs : null;

    /// <summary>Whether the system uses unlabelled audio of the test speakers.</summary>
    /// <param name="settings">A system's settings.</param>
    public static bool IsAdapted(SystemSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings.IsAdapted;
    }

    /// <summary>All that decides the trial's predictions.</summary>
    public TrialSpec Spec() => new()
    {
        Corpus = Corpus.Card.Name,
        CorpusFingerprint = Corpus.Fingerprint,
        System = System.Label,
        SystemName = System.System.Name,
        Variant = Variant?.Name,
        Protocol = Protocol.Protocol.Name,
        ProtocolKind = Protocol.Kind,
        ProtocolParameters = Json(Protocol.Parameters),
        Fold = Split.Fold,
        Seed = Seed,
        ValidationSpeakers = ValidationSpeakers,
        Settings = SettingsJson.Write(Settings),
        Search = Search?.Json(),
        TrainingCorpora = TrainingCorpora.Count == 0
            ? null
            : new JsonObject(TrainingCorpora.Select(c => KeyValuePair.Create(c.Card.Name, (JsonNode?)JsonValue.Create(c.Fingerprint)))),
        Labels = Corpus.Labels is null ? null : LabelTables(),
        Features = Settings.FeatureFingerprint,
        Target = Corpus.Target is not { } target
            ? null
            : new JsonObject
            {
                ["columns"] = new JsonArray([.. target.Target.Columns.Select(c => JsonValue.Create(c))]),
                ["values"] = new JsonObject(TrainingCorpora.Append(Corpus).Select(c => KeyValuePair.Create(c.Card.Name, (JsonNode?)JsonValue.Create(c.Target!.Fingerprint)))),
            },
    };

    /// <summary>The whole table, not its name alone: a scheme that is changed later is another one.</summary>
    private JsonObject LabelTables() => new(TrainingCorpora.Append(Corpus).Select(c => KeyValuePair.Create(
        c.Card.Name,
        (JsonNode?)new JsonObject(c.Labels!.Counts.OrderBy(l => l.Label, StringComparer.Ordinal)
            .Select(l => KeyValuePair.Create(l.Label, (JsonNode?)(l.Class is null ? null : JsonValue.Create(l.Class))))))));

    private static JsonObject Json(IReadOnlyDictionary<string, object?> mapping) =>
        new(mapping.Select(pair => KeyValuePair.Create(pair.Key, Json(pair.Value))));

    private static JsonNode? Json(object? value) => value switch
    {
        null => null,
        string text => JsonValue.Create(text),
        IReadOnlyDictionary<string, object?> mapping => Json(mapping),
        IEnumerable<object?> list => new JsonArray([.. list.Select(Json)]),
        IFormattable number => JsonValue.Create(number.ToString(null, CultureInfo.InvariantCulture)),
        _ => throw new JsonException($"A parameter of a protocol cannot be of type {value.GetType()}."),
    };
}
