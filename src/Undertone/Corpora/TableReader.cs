using System.Globalization;
using System.Text;
using Undertone.Emotions;
using Undertone.Speech;

namespace Undertone.Corpora;

/// <summary>Reads the rows of a <see cref="TableCorpus"/> and collects what is wrong with them.</summary>
internal sealed class TableReader
{
    private const int ShownFaults = 20;

    private readonly string _file;
    private readonly string _corpus;
    private readonly List<string> _faults = [];
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Gender, int Line)> _genders = new(StringComparer.Ordinal);
    private Dictionary<string, int> _columns = [];
    private List<string> _fields = [];
    private int _line;

    private TableReader(string file, string corpus)
    {
        _file = file;
        _corpus = corpus;
    }

    /// <summary>Reads a table.</summary>
    /// <returns>The utterances, sorted by id.</returns>
    /// <exception cref="UndertoneException">Something is wrong with it.</exception>
    public static IReadOnlyList<Utterance> Read(string file, string corpus)
    {
        var reader = new TableReader(file, corpus);
        using var text = new StringReader(Decode(file));
        var utterances = reader.ReadRows(text);
        reader.LookAtLabels(utterances);
        var faults = reader._faults;
        if (faults.Count > 0)
        {
            var more = faults.Count > ShownFaults ? string.Create(CultureInfo.InvariantCulture, $"\nand {faults.Count - ShownFaults} more faults.") : "";
            throw new UndertoneException(string.Join('\n', faults.Take(ShownFaults)) + more);
        }

        return [.. utterances.Select(u => u.Utterance).OrderBy(u => u.Id, StringComparer.Ordinal)];
    }

    private static string Decode(string file)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var why = Directory.Exists(file) ? "is a folder" : File.Exists(file) ? $"cannot be read ({e.Message})" : "does not exist";
            throw new UndertoneException($"{file}: {why}; expected a CSV file with the columns {string.Join(", ", TableCorpus.Required)}.", e);
        }

        const string way = "save it as UTF-8 (in a spreadsheet: 'CSV UTF-8')";
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            throw new UndertoneException($"{file}:1: this is UTF-16; {way}.");
        }

        var start = bytes is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0;
        if (Array.IndexOf(bytes, (byte)0) is >= 0 and var zero)
        {
            throw new UndertoneException($"{file}:{LineOf(bytes, zero)}: there is a zero byte; this is no text. Expected a CSV file in UTF-8.");
        }

        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, start, bytes.Length - start);
        }
        catch (DecoderFallbackException e)
        {
            var at = start + Math.Max(e.Index, 0);
            throw new UndertoneException(
                string.Create(CultureInfo.InvariantCulture, $"{file}:{LineOf(bytes, at)}: byte {at + 1} of the file (0x{bytes[at]:X2}) is not UTF-8; {way}."), e);
        }
    }

    private static int LineOf(byte[] bytes, int at) => 1 + bytes.AsSpan(0, at).Count((byte)'\n');

    private List<(Utterance Utterance, int Line)> ReadRows(TextReader text)
    {
        using var records = CsvRecords.Read(text, _file).GetEnumerator();
        ReadHeader(records.MoveNext() ? records.Current.Fields : []);
        var utterances = new List<(Utterance, int)>();
        while (records.MoveNext())
        {
            (_line, _fields) = records.Current;
            if (_fields.Count != _columns.Count)
            {
                Fault(null, $"{_fields.Count} fields; the header has {_columns.Count} columns");
            }
            else if (ReadRow() is { } utterance)
            {
                utterances.Add((utterance, _line));
            }
        }

        if (utterances.Count == 0 && _faults.Count == 0)
        {
            _faults.Add($"{_file}: there is no row below the header; expected one for each utterance.");
        }

        return utterances;
    }

    private void ReadHeader(List<string> header)
    {
        var names = TableCorpus.Columns.Select(c => c.Key).ToList();
        if (header is [] or [""])
        {
            throw new UndertoneException($"{_file}:1: the file is empty; expected the columns {string.Join(", ", TableCorpus.Required)} and a row for each utterance.");
        }

        foreach (var (separator, name) in new[] { (';', "semicolons"), ('\t', "tabs") })
        {
            if (header.Count == 1 && header[0].Contains(separator))
            {
                throw new UndertoneException($"{_file}:1: the columns are separated by {name}; expected commas.");
            }
        }

        var faults = new List<string>();
        for (var i = 0; i < header.Count; i++)
        {
            var column = header[i].Trim();
            if (!names.Contains(column))
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"{_file}:1: column {i + 1}: unknown column '{column}'{NearestName.Hint(column, names)}"));
            }
            else if (!_columns.TryAdd(column, i))
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"{_file}:1: column {i + 1}: '{column}' stands twice (first as column {_columns[column] + 1})."));
            }
        }

        var missing = TableCorpus.Required.Where(r => !_columns.ContainsKey(r)).ToList();
        if (missing.Count > 0)
        {
            faults.Add($"{_file}:1: there is no column '{string.Join("', '", missing)}'; every table has {string.Join(", ", TableCorpus.Required)}.");
        }

        if (faults.Count > 0)
        {
            throw new UndertoneException(string.Join('\n', faults));
        }
    }

    private Utterance? ReadRow()
    {
        var before = _faults.Count;
        var missing = TableCorpus.Required.Where(c => Cell(c) is null).ToList();
        foreach (var column in missing)
        {
            Fault(column, "the cell is empty");
        }

        var (start, end) = (Number("start", 0, double.MaxValue), Number("end", 0, double.MaxValue));
        if (end <= (start ?? 0))
        {
            Fault("end", string.Create(CultureInfo.InvariantCulture, $"{end} s is not after the beginning, {start ?? 0} s"));
        }

        var path = Cell("path") is { } written ? Find(written) : null;
        var utterance = new Utterance(_corpus, "", path ?? "", Cell("speaker") ?? "", Cell("label") ?? "")
        {
            Gender = Gender(),
            Age = Number("age", 0, 130) is { } age ? (int)Math.Floor(age) : null,
            Language = Cell("language"),
            Text = Cell("text"),
            Session = Cell("session"),
            Intensity = Cell("intensity"),
            Arousal = Number("arousal"),
            Valence = Number("valence"),
            Dominance = Number("dominance"),
            HumanRate = Number("human_rate", 0, 1),
            Votes = Votes(),
            Start = start,
            End = end,
        };
        if (_faults.Count > before)
        {
            return null;
        }

        var id = Cell("path")!.Replace('\\', '/')
            + (start is null && end is null ? "" : string.Create(CultureInfo.InvariantCulture, $"#{start ?? 0}-{end}"));
        var audio = string.Create(CultureInfo.InvariantCulture, $"{path}#{start ?? 0}-{end}");
        if (!_lines.TryAdd(audio, _line))
        {
            Fault("path", $"'{id}' stands twice (first in line {_lines[audio]})");
            return null;
        }

        return utterance with { Id = id };
    }

    private string? Find(string written)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(_file))!;
        var path = Path.GetFullPath(written, folder);
        if (!File.Exists(path))
        {
            // A table made on Windows.
            var other = Path.GetFullPath(written.Replace('\\', '/'), folder);
            if (!File.Exists(other))
            {
                Fault("path", Directory.Exists(path) ? $"'{written}' is a folder, not a file" : $"there is no file '{written}' (looked for {path})");
                return null;
            }

            path = other;
        }

        if (!AudioFile.HasAudioExtension(path))
        {
            Fault("path", $"'{written}' is no audio file by its ending; expected one of {string.Join(' ', AudioFile.Extensions)}");
        }

        return path;
    }

    private string? Gender()
    {
        if (Cell("gender") is not { } text)
        {
            return null;
        }

        var gender = text.ToLowerInvariant() switch { "f" or "female" => "female", "m" or "male" => "male", "other" => "other", _ => null };
        if (gender is null)
        {
            Fault("gender", $"'{text}' is none of female, male, other");
        }
        else if (Cell("speaker") is { } speaker && !_genders.TryAdd(speaker, (gender, _line)) && _genders[speaker].Gender != gender)
        {
            Fault("gender", $"speaker '{speaker}' is {gender} here and {_genders[speaker].Gender} in line {_genders[speaker].Line}");
        }

        return gender;
    }

    private EmotionVotes? Votes()
    {
        try
        {
            return Cell("votes") is { } text ? EmotionVotes.Parse(text) : null;
        }
        catch (FormatException e)
        {
            Fault("votes", e.Message.TrimEnd('.'));
            return null;
        }
    }

    private double? Number(string column, double least = double.MinValue, double most = double.MaxValue)
    {
        if (Cell(column) is not { } text)
        {
            return null;
        }

        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
        {
            Fault(column, $"'{text}' is not a number{(text.Contains(',') ? "; expected a point before decimals" : "")}");
        }
        else if (number < least || number > most)
        {
            Fault(column, string.Create(CultureInfo.InvariantCulture, $"{number} is out of range; expected {(most < double.MaxValue ? $"{least} to {most}" : $"at least {least}")}"));
        }

        return number;
    }

    private string? Cell(string column) =>
        _columns.TryGetValue(column, out var at) && _fields[at].Trim() is { Length: > 0 } text ? text : null;

    private void Fault(string? column, string what) =>
        _faults.Add(string.Create(CultureInfo.InvariantCulture, $"{_file}:{_line}: {(column is null ? "" : $"column '{column}': ")}{what}."));

    private void LookAtLabels(List<(Utterance Utterance, int Line)> utterances)
    {
        var first = new Dictionary<string, (string Label, int Line)>(StringComparer.OrdinalIgnoreCase);
        foreach (var (label, line) in utterances.Select(u => (u.Utterance.Emotion, u.Line)))
        {
            if (!first.TryAdd(label, (label, line)) && first[label].Label != label)
            {
                _line = line;
                Fault("label", $"'{label}' is written '{first[label].Label}' in line {first[label].Line}; expected one spelling");
            }
        }

        if (first.Count == 1 && _faults.Count == 0 && !utterances.Any(u => (u.Utterance.Arousal ?? u.Utterance.Valence ?? u.Utterance.Dominance) is not null))
        {
            _faults.Add($"{_file}: every row has the label '{first.Keys.Single()}'; expected at least two emotions, or ratings of arousal, valence or dominance.");
        }
    }
}
