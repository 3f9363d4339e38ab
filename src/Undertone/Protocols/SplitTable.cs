using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Undertone.Corpora;

namespace Undertone.Protocols;

/// <summary>A row of a split table: one utterance in one part of one fold.</summary>
/// <param name="Line">The line of the file, from 1; 0 where the row was not read.</param>
/// <param name="Utterance">The utterance's id.</param>
/// <param name="Speaker">The speaker's id; empty where the table has no such column.</param>
/// <param name="Fold">The fold.</param>
/// <param name="Part"><c>train</c>, <c>validation</c> or <c>test</c>.</param>
public sealed record SplitRow(int Line, string Utterance, string Speaker, string Fold, string Part);

/// <summary>
/// Folds as a table that any tool reads: CSV (RFC 4180) with the columns <c>utterance,speaker,fold,part</c>, one row an
/// utterance in a fold, below comment lines (<c># key: value</c>) that say where the folds come from and their hash.
/// </summary>
public sealed class SplitTable
{
    private const string Format = "undertone splits 1";
    private const string Columns = "utterance,speaker,fold,part";
    private static readonly string[] Parts = ["train", "validation", "test"];

    private SplitTable(string name, IReadOnlyDictionary<string, string> comments, IReadOnlyList<SplitRow> rows)
    {
        Name = name;
        Comments = comments;
        Rows = rows;
        Hash = HashOf(rows);
    }

    /// <summary>The file's name as errors show it.</summary>
    public string Name { get; }

    /// <summary>The comments by their keys: <c>corpus</c>, <c>protocol</c>, <c>sha256</c>, whatever else stands there.</summary>
    public IReadOnlyDictionary<string, string> Comments { get; }

    /// <summary>The rows in the file's order.</summary>
    public IReadOnlyList<SplitRow> Rows { get; }

    /// <summary>SHA-256 of the rows, lower-case hex: of the sorted lines in UTF-8, so that the order of rows and the comments do not count.</summary>
    public string Hash { get; }

    /// <summary>The corpus that the comments name, or null.</summary>
    public string? Corpus => Comments.GetValueOrDefault("corpus");

    /// <summary>Makes the table of some folds.</summary>
    /// <param name="splits">The folds.</param>
    /// <param name="comments">What the file is to say about them: corpus, protocol; the hash is added.</param>
    public static SplitTable Of(IReadOnlyList<Split> splits, IReadOnlyDictionary<string, string> comments)
    {
        ArgumentNullException.ThrowIfNull(splits);
        ArgumentNullException.ThrowIfNull(comments);
        var rows =
            from split in splits
            from part in new[] { (Parts[0], split.Train), (Parts[1], split.Validation), (Parts[2], split.Test) }
            from utterance in part.Item2
            select new SplitRow(0, utterance.Id, utterance.Speaker, split.Fold, part.Item1);
        return new("", comments, [.. rows]);
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="UndertoneException">It is missing, no text, or no table of folds; the message names the line.</exception>
    public static SplitTable Read(string path)
    {
        try
        {
            return Parse(path, new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(path)));
        }
        catch (DecoderFallbackException e)
        {
            throw new UndertoneException($"{path}: the file is not UTF-8 text (byte {e.Index}); save it as UTF-8.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UndertoneException($"{path}: the split file cannot be read ({e.Message}); 'undertone splits export' writes one.", e);
        }
    }

    /// <summary>Reads the text of a file.</summary>
    /// <param name="name">The name that errors show.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="UndertoneException">It is no table of folds, or it says another hash than its rows have.</exception>
    public static SplitTable Parse(string name, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var comments = new Dictionary<string, string>();
        var lines = text.TrimStart('\uFEFF').Split('\n');
        for (var i = 0; i < lines.Length && (lines[i].StartsWith('#') || lines[i].AsSpan().Trim().IsEmpty); i++)
        {
            var (key, value) = lines[i].TrimStart('#').Split(':', 2) is [var before, var after] ? (before.Trim(), after.Trim()) : ("", "");
            if (key.Length > 0)
            {
                comments[key] = value;
            }

            // Emptied, not removed: errors then name the line of the file.
            lines[i] = "";
        }

        var table = new SplitTable(name, comments, ReadRows(name, string.Join('\n', lines)));
        return comments.TryGetValue("sha256", out var said) && said != table.Hash
            ? throw new UndertoneException(
                $"{name}: its comment says sha256 {Short(said)}, but its rows have {Short(table.Hash)}: they were changed after they were exported. "
                + "Take the original file, or delete the comment line where the change is meant.")
            : table;
    }

    /// <summary>Compares the table with a corpus.</summary>
    /// <param name="corpus">The corpus.</param>
    /// <exception cref="UndertoneException">The table is another corpus's, as its comment says.</exception>
    public SplitTableCheck Check(CorpusData corpus)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        if (Corpus is { } own && own != corpus.Card.Name)
        {
            throw new UndertoneException($"{Name}: the folds are those of the corpus '{own}', not of '{corpus.Card.Name}'.");
        }

        var known = corpus.Utterances.ToDictionary(u => u.Id);

        // A file of the whole corpus serves under a label scheme too, without what the scheme leaves out.
        bool LeftOut(string id) => corpus.Labels?.LeftOutUtterances.Contains(id) == true;
        var unknown = Rows.Where(r => !known.ContainsKey(r.Utterance) && !LeftOut(r.Utterance)).DistinctBy(r => r.Utterance).ToList();
        var others = Rows
            .Where(r => r.Speaker.Length > 0 && known.TryGetValue(r.Utterance, out var u) && u.Speaker != r.Speaker)
            .DistinctBy(r => r.Utterance).ToList();
        var named = Rows.Select(r => r.Utterance).ToHashSet();
        return new SplitTableCheck(
            [.. unknown.Select((r, i) => (r, i < SplitTableCheck.Shown ? NearestName.Of(r.Utterance, known.Keys.Order(StringComparer.Ordinal)) : null))],
            [.. others.Select(r => (r, known[r.Utterance].Speaker))],
            [.. known.Keys.Where(id => !named.Contains(id)).Order(StringComparer.Ordinal)]);
    }

    /// <summary>The folds of the table, in the order in which it names them.</summary>
    /// <param name="corpus">The corpus, its utterances sorted by id.</param>
    /// <exception cref="UndertoneException">The corpus has no such utterance, or says that another speaker speaks it; the message names the lines.</exception>
    public IReadOnlyList<Split> Folds(CorpusData corpus)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        var problems = Check(corpus).Problems(this, corpus.Card.Name);
        if (problems.Count > 0)
        {
            throw new UndertoneException(string.Join('\n', problems));
        }

        var folds = Rows.GroupBy(r => r.Fold).ToList();
        var names = FoldNames.From([.. folds.Select(f => f.Key)]);
        return
        [
            .. folds.Select((fold, i) =>
            {
                var parts = fold.ToDictionary(r => r.Utterance, r => r.Part);
                var utterances = corpus.Utterances.Where(u => parts.ContainsKey(u.Id)).ToLookup(u => parts[u.Id]);
                return new Split(names[i], [.. utterances[Parts[0]]], [.. utterances[Parts[1]]], [.. utterances[Parts[2]]]);
            }),
        ];
    }

    /// <summary>The file's text: comments, the hash among them, then the rows.</summary>
    public override string ToString()
    {
        var text = new StringBuilder($"# {Format}\n");
        foreach (var (key, value) in Comments.Where(c => c.Key != "sha256"))
        {
            text.Append(CultureInfo.InvariantCulture, $"# {key}: {value}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"# sha256: {Hash}\n").Append(Columns).Append('\n');
        foreach (var row in Rows)
        {
            text.Append(Line(row)).Append('\n');
        }

        return text.ToString();
    }

    private static List<SplitRow> ReadRows(string name, string text)
    {
        var rows = new List<SplitRow>();
        int[]? columns = null;
        var seen = new Dictionary<(string, string), int>();
        foreach (var (line, fields) in CsvRecords.Read(new StringReader(text), name))
        {
            if (fields is [var only] && only.AsSpan().Trim().IsEmpty)
            {
                continue;
            }

            if (columns is null)
            {
                columns = ReadHeader(name, line, fields);
                continue;
            }

            if (fields.Count != columns.Max() + 1)
            {
                throw new UndertoneException($"{name}, line {line}: {fields.Count} fields; expected {columns.Max() + 1}, as the header has.");
            }

            string Field(int column) => columns[column] < 0 ? "" : fields[columns[column]].Trim();
            var row = new SplitRow(line, Field(0), Field(1), Field(2), Field(3));
            if (row.Utterance.Length == 0 || row.Fold.Length == 0)
            {
                throw new UndertoneException($"{name}, line {line}: the {(row.Fold.Length == 0 ? "fold" : "utterance")} is empty; expected a name.");
            }

            if (!Parts.Contains(row.Part))
            {
                throw new UndertoneException($"{name}, line {line}: unknown part '{row.Part}'{NearestName.Hint(row.Part, Parts)}");
            }

            if (!seen.TryAdd((row.Fold, row.Utterance), line))
            {
                throw new UndertoneException(
                    $"{name}, line {line}: utterance '{row.Utterance}' stands twice in fold '{row.Fold}' (first on line {seen[(row.Fold, row.Utterance)]}); expected one part for each utterance of a fold.");
            }

            rows.Add(row);
        }

        return rows.Count > 0 ? rows : throw new UndertoneException($"{name}: the table has no rows; expected a header '{Columns}' and a row for each utterance of a fold.");
    }

    private static int[] ReadHeader(string name, int line, List<string> fields)
    {
        var known = Columns.Split(',');
        var trimmed = fields.Select(f => f.Trim()).ToList();
        foreach (var field in trimmed)
        {
            if (!known.Contains(field))
            {
                throw new UndertoneException($"{name}, line {line}: unknown column '{field}'{NearestName.Hint(field, known)} (the header is '{Columns}')");
            }

            if (trimmed.Count(f => f == field) > 1)
            {
                throw new UndertoneException($"{name}, line {line}: the column '{field}' stands twice; expected '{Columns}'.");
            }
        }

        // Only the speaker can be looked up.
        return known.FirstOrDefault(k => k != "speaker" && !trimmed.Contains(k)) is { } missing
            ? throw new UndertoneException($"{name}, line {line}: there is no column '{missing}'; expected '{Columns}' (speaker may be left out).")
            : [.. known.Select(k => trimmed.IndexOf(k))];
    }

    private static string HashOf(IEnumerable<SplitRow> rows) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(rows.Select(r => Line(r) + '\n').Order(StringComparer.Ordinal)))));

    private static string Line(SplitRow row) =>
        $"{CsvRecords.Field(row.Utterance)},{CsvRecords.Field(row.Speaker)},{CsvRecords.Field(row.Fold)},{row.Part}";

    private static string Short(string hash) => hash.Length > 12 ? hash[..12] + "..." : $"'{hash}'";
}

/// <summary>How a split table fits a corpus.</summary>
/// <param name="Unknown">Rows whose utterance the corpus does not have, one an utterance, with the nearest id of the corpus.</param>
/// <param name="OtherSpeaker">Rows that name another speaker than the corpus does, with the corpus's.</param>
/// <param name="Missing">Utterances of the corpus that are in no fold: they are neither trained on nor tested.</param>
public sealed record SplitTableCheck(
    IReadOnlyList<(SplitRow Row, string? Nearest)> Unknown,
    IReadOnlyList<(SplitRow Row, string Speaker)> OtherSpeaker,
    IReadOnlyList<string> Missing)
{
    /// <summary>Beyond this many of a kind, problems are counted.</summary>
    internal const int Shown = 10;

    /// <summary>What keeps the table from being used, a line each; empty where nothing does. Missing utterances do not.</summary>
    /// <param name="table">The table.</param>
    /// <param name="corpus">The corpus's name.</param>
    public IReadOnlyList<string> Problems(SplitTable table, string corpus)
    {
        ArgumentNullException.ThrowIfNull(table);
        var problems = new List<string>();
        problems.AddRange(Unknown.Take(Shown).Select(u =>
            $"{table.Name}, line {u.Row.Line}: corpus '{corpus}' has no utterance '{u.Row.Utterance}'{(u.Nearest is null ? "." : $"; did you mean '{u.Nearest}'?")}"));
        problems.AddRange(OtherSpeaker.Take(Shown).Select(o =>
            $"{table.Name}, line {o.Row.Line}: utterance '{o.Row.Utterance}' is by speaker '{o.Speaker}' in corpus '{corpus}', not by '{o.Row.Speaker}'."));
        var more = Math.Max(0, Unknown.Count - Shown) + Math.Max(0, OtherSpeaker.Count - Shown);
        if (more > 0)
        {
            problems.Add($"{table.Name}: and {more.ToString(CultureInfo.InvariantCulture)} utterances more like these.");
        }

        return problems;
    }
}
