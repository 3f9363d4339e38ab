using System.Globalization;
using System.Text;

namespace Undertone.Evaluation;

/// <summary>
/// The rows of one or more <c>predictions.csv</c>. The form is
/// <c>utterance,speaker,true,predicted,p(&lt;class&gt;)...</c>: UTF-8, comma-separated, one row an utterance, the
/// probabilities as decimals with a point. Columns may stand in any order; all p(...) columns may be missing. Another
/// column is refused, since it may be a mistyped one. A row whose <c>predicted</c> is not its most probable class is
/// taken at its word and counted by <see cref="NotMostProbable"/>.
/// </summary>
public sealed class PredictionTable
{
    private static readonly string[] Required = ["utterance", "speaker", "true", "predicted"];

    /// <summary>Makes a table.</summary>
    /// <param name="classes">The classes, in the order of the rows' probabilities; each true and predicted class is among them.</param>
    /// <param name="rows">The rows; all with probabilities or all without.</param>
    /// <exception cref="ArgumentException">A row does not fit the classes, or an utterance has two rows.</exception>
    public PredictionTable(IReadOnlyList<string> classes, IReadOnlyList<PredictionRow> rows)
    {
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(rows);
        var known = classes.ToHashSet();
        var seen = new HashSet<string>();
        HasProbabilities = rows.Count > 0 && rows[0].Probabilities is not null;
        foreach (var row in rows)
        {
            if (!known.Contains(row.True) || !known.Contains(row.Predicted) || (row.Probabilities is not null) != HasProbabilities
                || (row.Probabilities is { } p && p.Count != classes.Count) || !seen.Add(row.Utterance))
            {
                throw new ArgumentException($"The row of '{row.Utterance}' does not fit the table's {classes.Count} classes and other rows, or is its second.", nameof(rows));
            }
        }

        Classes = classes;
        Rows = rows;
    }

    /// <summary>The classes, in the order of the p(...) columns; without these, by name.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The rows, in the file's order.</summary>
    public IReadOnlyList<PredictionRow> Rows { get; }

    /// <summary>Whether the rows carry probabilities.</summary>
    public bool HasProbabilities { get; }

    /// <summary>How many rows predict another class than a most probable one.</summary>
    public int NotMostProbable
    {
        get
        {
            var position = Classes.Select((c, i) => (c, i)).ToDictionary(p => p.c, p => p.i);
            return Rows.Count(r => r.Probabilities is { } p && p[position[r.Predicted]] < p.Max());
        }
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="UndertoneException">It is missing or not as described; the message names line and column.</exception>
    public static PredictionTable Read(string path) => CsvRecords.ReadFile(path, "a CSV file of predictions", reader => Read(reader, path));

    /// <summary>Reads text.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="UndertoneException">It is not as described; the message names line and column.</exception>
    public static PredictionTable Read(TextReader reader, string name)
    {
        using var records = CsvRecords.Read(reader, name).GetEnumerator();
        if (!records.MoveNext())
        {
            throw new UndertoneException($"{name}: the file is empty; expected the columns {string.Join(',', Required)} and, where there are probabilities, p(<class>)...");
        }

        var header = records.Current.Fields;
        var classes = ReadHeader(header, name);
        var positions = Required.Select(r => header.IndexOf(r)).ToArray();
        var columns = classes.Select(c => header.IndexOf($"p({c})")).ToArray();
        var rows = new List<PredictionRow>();
        var lines = new Dictionary<string, int>();
        while (records.MoveNext())
        {
            var (line, fields) = records.Current;
            var where = $"{name}, line {line}";
            if (fields.Count != header.Count)
            {
                throw new UndertoneException($"{where}: {fields.Count} fields; expected {header.Count}, as in the header.");
            }

            var texts = positions.Select(p => fields[p]).ToArray();
            for (var i = 0; i < texts.Length; i++)
            {
                if (texts[i].Length == 0)
                {
                    throw new UndertoneException($"{where}: {Required[i]} is empty.");
                }

                if (i >= 2 && classes.Count > 0 && !classes.Contains(texts[i]))
                {
                    throw new UndertoneException($"{where}: {Required[i]} is '{texts[i]}', a class without a column p({texts[i]}){NearestName.Hint(texts[i], classes)}");
                }
            }

            if (!lines.TryAdd(texts[0], line))
            {
                throw new UndertoneException($"{where}: utterance '{texts[0]}' has a row already, line {lines[texts[0]]}; expected one row an utterance.");
            }

            rows.Add(new PredictionRow(texts[0], texts[1], texts[2], texts[3], classes.Count == 0 ? null : ReadProbabilities(fields, columns, header, where)));
        }

        if (rows.Count == 0)
        {
            throw new UndertoneException($"{name}: no rows below the header; expected one row a test utterance.");
        }

        return new PredictionTable(classes.Count > 0 ? classes : ByName(rows), rows);
    }

    /// <summary>Puts the rows of several tables, such as folds, into one.</summary>
    /// <param name="tables">The tables with the name that errors call each, at least one.</param>
    /// <exception cref="UndertoneException">An utterance is in two of them, or the p(...) columns differ.</exception>
    public static PredictionTable Pool(IReadOnlyList<(string Name, PredictionTable Table)> tables)
    {
        ArgumentNullException.ThrowIfNull(tables);
        var (firstName, first) = tables[0];
        var owner = new Dictionary<string, string>();
        foreach (var (name, table) in tables)
        {
            if (table.HasProbabilities != first.HasProbabilities || (first.HasProbabilities && !table.Classes.ToHashSet().SetEquals(first.Classes)))
            {
                throw new UndertoneException($"{name}: its p(...) columns are not those of {firstName}; expected files of one system on one set of classes.");
            }

            foreach (var row in table.Rows)
            {
                if (!owner.TryAdd(row.Utterance, name))
                {
                    throw new UndertoneException(
                        $"{name}: utterance '{row.Utterance}' is also in {owner[row.Utterance]}; expected each utterance once. Evaluate seeds, systems and corpora apart.");
                }
            }
        }

        var rows = tables.SelectMany(t => Reorder(t.Table, first.Classes)).ToList();
        return new PredictionTable(first.HasProbabilities ? first.Classes : ByName(rows), rows);
    }

    /// <summary>Writes the file: UTF-8 without a byte order mark, lines ending with a line feed, probabilities exactly as they read back.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    public void Write(string path)
    {
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(false));
        Write(writer);
    }

    /// <summary>Writes the table as text.</summary>
    /// <param name="writer">Where to.</param>
    public void Write(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var line = new StringBuilder();
        line.AppendJoin(',', Required);
        foreach (var name in HasProbabilities ? Classes : [])
        {
            line.Append(',').Append(CsvRecords.Field($"p({name})"));
        }

        writer.Write(line.Append('\n'));
        foreach (var row in Rows)
        {
            line.Clear().AppendJoin(',', new[] { row.Utterance, row.Speaker, row.True, row.Predicted }.Select(CsvRecords.Field));
            foreach (var p in row.Probabilities ?? [])
            {
                line.Append(',').Append(p.ToString("R", CultureInfo.InvariantCulture));
            }

            writer.Write(line.Append('\n'));
        }
    }

    private static List<string> ReadHeader(List<string> header, string name)
    {
        var classes = new List<string>();
        for (var i = 0; i < header.Count; i++)
        {
            var column = header[i];
            if (header.IndexOf(column) != i)
            {
                throw new UndertoneException($"{name}, line 1: column '{column}' is there twice.");
            }

            if (column.StartsWith("p(", StringComparison.Ordinal) && column.EndsWith(')') && column.Length > 3)
            {
                classes.Add(column[2..^1]);
            }
            else if (!Required.Contains(column))
            {
                throw new UndertoneException($"{name}, line 1: unknown column '{column}'{NearestName.Hint(column, [.. Required, "p(<class>)"])}");
            }
        }

        var missing = Required.Where(r => !header.Contains(r)).ToList();
        return missing.Count == 0
            ? classes
            : throw new UndertoneException($"{name}, line 1: no column {string.Join(", ", missing.Select(m => $"'{m}'"))}; expected {string.Join(',', Required)} and, where there are probabilities, p(<class>)...");
    }

    private static double[] ReadProbabilities(List<string> fields, int[] columns, List<string> header, string where)
    {
        var values = new double[columns.Length];
        for (var c = 0; c < columns.Length; c++)
        {
            var text = fields[columns[c]];
            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out values[c]) || !(values[c] >= 0 && values[c] <= 1))
            {
                throw new UndertoneException($"{where}: {header[columns[c]]} is '{text}'; expected a number from 0 to 1.");
            }
        }

        // Another tool may print few digits, so the sum is only held to a hundredth.
        var sum = values.Sum();
        return Math.Abs(sum - 1) <= 0.01
            ? values
            : throw new UndertoneException($"{where}: the probabilities sum to {sum.ToString("0.####", CultureInfo.InvariantCulture)}; expected 1.");
    }

    private static IEnumerable<PredictionRow> Reorder(PredictionTable table, IReadOnlyList<string> classes)
    {
        if (!table.HasProbabilities || table.Classes.SequenceEqual(classes))
        {
            return table.Rows;
        }

        var own = table.Classes.ToList();
        var order = classes.Select(c => own.IndexOf(c)).ToArray();
        return table.Rows.Select(r => r with { Probabilities = [.. order.Select(i => r.Probabilities![i])] });
    }

    private static List<string> ByName(IEnumerable<PredictionRow> rows) =>
        [.. rows.SelectMany(r => new[] { r.True, r.Predicted }).Distinct().Order(StringComparer.Ordinal)];
}
