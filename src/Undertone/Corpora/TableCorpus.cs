using System.Globalization;

namespace Undertone.Corpora;

/// <summary>
/// Any corpus that a CSV file describes, one row an utterance: UTF-8, commas, a header with the columns
/// <c>path</c>, <c>speaker</c> and <c>label</c> and any of the others (<see cref="Columns"/>), in any order. An experiment
/// names it as <c>corpora: [{ table: my.csv, name: my-corpus }]</c>.
/// </summary>
/// <remarks>
/// Paths are relative to the CSV file. An utterance's id is its path, with the part of the file where the row gives one:
/// <c>calls/17.wav#3.5-7.25</c>. An empty cell is something that is not known; the three columns that every table has are
/// never empty.
/// </remarks>
public sealed class TableCorpus : Corpus
{
    /// <summary>The ending of a name that is taken for a table and not for a corpus of the catalog.</summary>
    public const string Extension = ".csv";

    /// <summary>What the card says of that which a table leaves open.</summary>
    internal const string NotStated = "not stated";

    private readonly IReadOnlyList<Utterance> _utterances;

    private TableCorpus(string file, CorpusCard card, IReadOnlyList<Utterance> utterances)
    {
        File = file;
        Card = card;
        _utterances = utterances;
    }

    /// <summary>The columns that every table has.</summary>
    public static IReadOnlyList<string> Required { get; } = ["path", "speaker", "label"];

    /// <summary>All columns that a table may have, each with what it holds.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Columns { get; } =
    [
        new("path", "the audio file, relative to the table; WAV, FLAC, OGG or MP3"),
        new("speaker", "the speaker's name or number, unique in the corpus"),
        new("label", "the emotion"),
        new("gender", "female, male or other"),
        new("age", "years"),
        new("language", "ISO 639 code: de"),
        new("text", "an id of the sentence that is spoken"),
        new("session", "the recording session"),
        new("intensity", "emotional intensity, any words"),
        new("arousal", "a number, on a scale of your own"),
        new("valence", "a number, on a scale of your own"),
        new("dominance", "a number, on a scale of your own"),
        new("human_rate", "the share of listeners who recognised the label, 0 to 1"),
        new("votes", "votes of annotators: anger*6;neutral*2, or E1=anger;E2=neutral"),
        new("start", "where the utterance begins in the file, in seconds"),
        new("end", "where it ends, in seconds"),
    ];

    /// <summary>The CSV file, with full path.</summary>
    public string File { get; }

    /// <summary>The folder that paths are relative to.</summary>
    public string Folder => Path.GetDirectoryName(File)!;

    /// <inheritdoc/>
    public override CorpusCard Card { get; }

    /// <inheritdoc/>
    public override string OwnFolder => Folder;

    /// <summary>Reads a table.</summary>
    /// <param name="file">The CSV file.</param>
    /// <param name="name">The corpus's name in experiments; null for the file's name without extension, in lower case.</param>
    /// <returns>The corpus; its audio is not opened yet, but every file is there.</returns>
    /// <exception cref="UndertoneException">
    /// The table cannot be used: the message lists its faults, each with line and column (at most 20).
    /// </exception>
    public static TableCorpus Read(string file, string? name = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        name ??= Path.GetFileNameWithoutExtension(file).ToLowerInvariant();
        if (CorpusCatalog.Names.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            throw new UndertoneException($"{file}: '{name}' is the name of a corpus that Undertone knows; give the table another name.");
        }

        var utterances = TableReader.Read(file, name);
        return new TableCorpus(Path.GetFullPath(file), Describe(file, name, utterances), utterances);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Utterance> List(string folder) => _utterances;

    private static CorpusCard Describe(string file, string name, IReadOnlyList<Utterance> utterances)
    {
        var languages = utterances.Select(u => u.Language).Where(l => l is not null).Distinct().Order(StringComparer.Ordinal).ToList();
        var speakers = utterances.Select(u => u.Speaker).Distinct().Count();
        var (female, male) = (Speakers("female"), Speakers("male"));
        return new CorpusCard
        {
            Name = name,
            Title = $"Table {Path.GetFileName(file)}",
            Table = Path.GetFullPath(file),
            Language = languages.Count == 0 ? NotStated : string.Join(", ", languages),
            LanguageCode = languages.Count switch { 0 => "und", 1 => languages[0]!, _ => "mul" },
            Classes =
            [
                .. utterances.GroupBy(u => u.Emotion, StringComparer.Ordinal)
                    .OrderBy(g => g.Key, StringComparer.Ordinal)
                    .Select(g => KeyValuePair.Create(g.Key, g.Count())),
            ],
            Speakers = speakers,
            FemaleSpeakers = female + male > 0 ? female : null,
            MaleSpeakers = female + male > 0 ? male : null,
            SpeakerNote = female + male > 0
                ? string.Create(CultureInfo.InvariantCulture, $"{speakers} in the table, {female} female and {male} male.")
                : string.Create(CultureInfo.InvariantCulture, $"{speakers} in the table; it gives no genders."),
            RecordingType = NotStated,
            KeyFeatures = "Described by a CSV file of your own.",
            Limitations = "Not known to Undertone: the table says nothing of how the speech was recorded and labelled.",
            Licence = "That of your audio.",
            Access = $"It is read from {file}.",
            FileNames = "as the table's column 'path' gives them.",
            DimensionScale = utterances.Any(u => (u.Arousal ?? u.Valence ?? u.Dominance) is not null) ? "That of the table." : "",
            HumanRateNote = utterances.Any(u => u.HumanRate is not null || u.Votes is not null) ? "As the table gives them." : "",
            Reference = "none",
        };

        int Speakers(string gender) => utterances.Where(u => u.Gender == gender).Select(u => u.Speaker).Distinct().Count();
    }
}
