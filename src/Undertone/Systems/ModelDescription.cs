using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Undertone.Features;
using Undertone.Preprocessing.InputChecks;
using Undertone.Training;

namespace Undertone.Systems;

/// <summary>
/// The head of a model's folder, <c>model.json</c>: which system it is, with which settings, trained on what, worth
/// what. The folder holds the weights beside it and the same in words in <c>README.md</c>.
/// </summary>
public sealed record ModelDescription
{
    /// <summary>The file's name.</summary>
    public const string FileName = "model.json";

    /// <summary>The version that this code writes and reads.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The version of the file's form.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>The system's name.</summary>
    public required string System { get; init; }

    /// <summary>Classes in output order; empty in a regression.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>The targets of a regression in output order; null where classes are told apart.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Targets { get; init; }

    /// <summary>What was learned.</summary>
    [JsonIgnore]
    public TrainingTask Task => Targets is null ? TrainingTask.Classification(Classes) : TrainingTask.Regression(Targets);

    /// <summary>The system's settings.</summary>
    public required JsonObject Settings { get; init; }

    /// <summary>Values a feature frame holds.</summary>
    public int Dimensions { get; init; }

    /// <summary>The fingerprint of the features that it was trained on; null for a model of before it was kept, and where members keep their own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Features { get; init; }

    /// <summary>What the recordings that it was trained on are like, by measure (<see cref="InputCheck"/>); null where that was not kept.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, InputRange>? Inputs { get; init; }

    /// <summary>Where it comes from and what it is worth; null for a model inside a trial.</summary>
    public ModelOrigin? Origin { get; init; }

    /// <summary>SHA-256 (lower-case hex) of the other files that the system reads, by name (<c>1-cnn/model.safetensors</c> in a folder below); null where none was kept.</summary>
    public IReadOnlyDictionary<string, string>? Files { get; init; }

    private static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.KebabCaseLower,
        WriteIndented = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Reads the head of a model's folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="UndertoneException">The folder or file is missing, damaged, or of another version.</exception>
    public static ModelDescription Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            throw new UndertoneException(Directory.Exists(folder)
                ? $"'{folder}' is not a model: it has no {FileName}. 'undertone train SYSTEM --corpus NAME --out DIR' writes models."
                : $"There is no model folder '{folder}'. 'undertone train SYSTEM --corpus NAME --out DIR' writes models.");
        }

        try
        {
            using (var document = JsonDocument.Parse(File.ReadAllBytes(path)))
            {
                if (document.RootElement.ValueKind != JsonValueKind.Object
                    || !document.RootElement.TryGetProperty("format", out var format)
                    || !format.TryGetInt32(out var version))
                {
                    throw new UndertoneException($"'{path}' is not a model's head: the field 'format' is missing. Train the model again.");
                }

                if (version != CurrentFormat)
                {
                    throw new UndertoneException($"'{path}' has format {version}; this Undertone reads format {CurrentFormat}. Train the model again, or use the Undertone that wrote it.");
                }
            }

            return JsonSerializer.Deserialize<ModelDescription>(File.ReadAllBytes(path), Json)
                ?? throw new UndertoneException($"'{path}' is empty. Train the model again.");
        }
        catch (JsonException error)
        {
            throw new UndertoneException($"'{path}' is damaged (line {error.LineNumber + 1}): {error.Message} Train the model again.", error);
        }
    }

    /// <summary>The hashes of a model's files, as <see cref="Files"/> keeps them.</summary>
    /// <param name="folder">The model's folder, its card not written yet.</param>
    public static IReadOnlyDictionary<string, string> Hashes(string folder) =>
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .Select(f => (Path: f, Name: Path.GetRelativePath(folder, f).Replace('\\', '/')))
            .Where(f => Path.GetExtension(f.Path) is not ".md" && f.Name != FileName)
            .OrderBy(f => f.Name, StringComparer.Ordinal)
            .ToDictionary(f => f.Name, f => Hash(f.Path), StringComparer.Ordinal);

    /// <summary>Checks that the other files are the ones that were written: weights with a changed byte would still predict.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <exception cref="UndertoneException">A file is missing or is another.</exception>
    public void RequireSameFiles(string folder)
    {
        foreach (var (name, hash) in Files ?? new Dictionary<string, string>())
        {
            var path = Path.Combine(folder, name);
            if (!File.Exists(path) || Hash(path) != hash)
            {
                throw new UndertoneException(
                    $"'{path}' is {(File.Exists(path) ? "damaged: it is not the file that was written" : "missing")} (expected SHA-256 {hash}, as in {FileName}). Copy the whole folder again, or train the model again.");
            }
        }
    }

    /// <summary>Checks that features are computed as they were when the model was trained: it would answer other values all the same.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <param name="extractor">What its features are computed by now.</param>
    /// <exception cref="UndertoneException">They are of another size, or of another version.</exception>
    public void RequireSameFeatures(string folder, FeatureExtractor extractor)
    {
        ArgumentNullException.ThrowIfNull(extractor);
        if (extractor.Dimensions != Dimensions)
        {
            throw new UndertoneException(
                $"The model in '{folder}' was trained on {Dimensions} values a frame, and its features now have {extractor.Dimensions}. Train the model again, or use the Undertone that wrote it.");
        }

        if (Features is not null && Features != extractor.Fingerprint)
        {
            throw new UndertoneException(
                $"The model in '{folder}' was trained on the features '{Features}', and this Undertone computes '{extractor.Fingerprint}'. Train the model again, or use the Undertone that wrote it{(Origin is { } origin ? $" ({origin.Undertone})" : "")}.");
        }
    }

    /// <summary>Writes the head into a model's folder.</summary>
    /// <param name="folder">An existing folder.</param>
    public void Write(string folder) =>
        File.WriteAllText(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, Json).ReplaceLineEndings("\n") + "\n");

    private static string Hash(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}

/// <summary>Where a model comes from and what it is worth.</summary>
public sealed record ModelOrigin
{
    /// <summary>The corpus it was trained on.</summary>
    public required string Corpus { get; init; }

    /// <summary>The corpus's fingerprint.</summary>
    public required string CorpusFingerprint { get; init; }

    /// <summary>The corpus's licence.</summary>
    public required string Licence { get; init; }

    /// <summary>The language that it heard.</summary>
    public required string Language { get; init; }

    /// <summary><c>acted</c>, <c>elicited</c>, <c>spontaneous</c> or <c>synthetic</c>.</summary>
    public required string RecordingType { get; init; }

    /// <summary>The label scheme that its classes are of; null where they are the corpus's own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Labels { get; init; }

    /// <summary>Utterances that the model was trained on.</summary>
    public required int Utterances { get; init; }

    /// <summary>Their speakers.</summary>
    public required int Speakers { get; init; }

    /// <summary>Speakers held out to validate a first fit, or to stop the training early.</summary>
    public required IReadOnlyList<string> ValidationSpeakers { get; init; }

    /// <summary>Whether the model was trained anew, on the validation speakers too, once they had told how long to train.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Refitted { get; init; }

    /// <summary>Speakers that neither trained nor stopped the model.</summary>
    public required IReadOnlyList<string> TestSpeakers { get; init; }

    /// <summary>UAR over the test speakers, in [0, 1]; null where there are none.</summary>
    public double? Uar { get; init; }

    /// <summary>What its classes are of where that is not the emotion: <c>intensity</c>; otherwise null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Target { get; init; }

    /// <summary>A regression's CCC over the test speakers by target, in [-1, 1]; null where there are none, and where classes are told apart.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, double>? Ccc { get; init; }

    /// <summary>The score's badge.</summary>
    public required string Badge { get; init; }

    /// <summary>The seed.</summary>
    public required int Seed { get; init; }

    /// <summary>Undertone's version.</summary>
    public required string Undertone { get; init; }
}
