using System.Globalization;
using System.Text;

namespace Undertone.Evaluation.Regression;

/// <summary>
/// The rows of one or more files of a regression. The form is
/// <c>utterance,speaker,true(&lt;target&gt;),predicted(&lt;target&gt;)...</c>: UTF-8, comma-separated, one row an
/// utterance, the values as decimals with a point. Columns may stand in any order; another column is refused, since it
/// may be a mistyped one.
/// </summary>
public sealed class RegressionTable
{
    private const string Form = "utterance,speaker and for each target true(<target>),predicted(<target>)";
    private static readonly string[] Required = ["utterance", "speaker"];

    /// <summary>Makes a table.</summary>
    /// <param name="targets">The targets, in the order of the rows' values.</param>
    /// <param name="rows">The rows.</param>
    /// <exception cref="ArgumentException">A row does not fit the targets, or an utterance has two rows.</exception>
    public RegressionTable(IReadOnlyList<string> targets, IReadOnlyList<RegressionRow> rows)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(rows);
        var seen = new HashSet<string>();
        foreach (var row in rows)
        {
            if (row.True.Count != targets.Count || row.Predicted.Count != targets.Count || !row.True.All(double.IsFinite)
                || !row.Predicted.All(double.IsFinite) || !seen.Add(row.Utterance))
            {
                throw new ArgumentException($"The row of '{row.Utterance}' does not have a finite value for each of the {targets.Count} targets, or is its second.", nameof(rows));
            }
        }

        Targets = targets;
        Rows = rows;
    }

    /// <summary>The targets, in the order of the file's columns: <c>arousal</c>.</summary>
    public IReadOnlyList<string> Targets { get; }

    /// <summary>The rows, in the file's order.</summary>
    public IReadOnlyList<RegressionRow> Rows { get; }

    /// <summary>Whether a file holds a regression, told by a column <c>true(...)</c> or <c>predicted(...)</c> in its header.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="UndertoneException">It is missing or no text.</exception>
    public static bool IsRegression(string path) => CsvRecords.ReadFile(path, "a CSV file of predictions", reader =>
        CsvRecords.Read(reader, path).FirstOrDefault().Fields?.Any(c => TargetOf(c, "true") is not null || TargetOf(c, "predicted") is not null) ?? false);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="UndertoneException">It is missing or not as described; the message names line and column.</exception>
    public static RegressionTable Read(string path) => CsvRecords.ReadFile(path, "a CSV file of predictions", reader => Read(reader, path));

    /// <summary>Reads text.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="UndertoneException">It is not as described; the message names line and column.</exception>
    public static RegressionTable Read(TextReader reader, string name)
    {
        using var records = CsvRecords.Read(reader, name).GetEnumerator();
        if (!records.MoveNext())
        {
            throw new UndertoneException($"{name}: the file is empty; expected the columns {Form}.");
        }

        var header = records.Current.Fields;
        var targets = ReadHeader(header, name);
        var positions = Required.Select(r => header.IndexOf(r)).ToArray();
        var truths = targets.Select(t => header.IndexOf($"true({t})")).ToArray();
        var predictions = targets.Select(t => header.IndexOf($"predicted({t})")).ToArray();
        var rows = new List<RegressionRow>();
        var lines = new Dictionary<string, int>();
        while (records.MoveNext())
        {
            var (line, fields) = records.Current;
            var where = $"{name}, line {line}";
            if (fields.Count != header.Count)
            {
                throw new UndertoneException($"{where}: {fields.Count} fields; expected {header.Count}, as in the header.");
            }

            for (var i = 0; i < Required.Length; i++)
            {
                if (fields[positions[i]].Length == 0)
                {
                    throw new UndertoneException($"{where}: {Required[i]} is empty.");
                }
            }

            var utterance = fields[positions[0]];
            if (!lines.TryAdd(utterance, line))
            {
                throw new UndertoneException($"{where}: utterance '{utterance}' has a row already, line {lines[utterance]}; expected one row an utterance.");
            }

            rows.Add(new RegressionRow(utterance, fields[positions[1]], ReadValues(truths), ReadValues(predictions)));

            double[] ReadValues(int[] columns) =>
                Array.ConvertAll(columns, c => double.TryParse(fields[c], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
                    ? value
                    : throw new UndertoneException($"{where}: {header[c]} is '{fields[c]}'; expected a number with a decimal point."));
        }

        return rows.Count > 0
            ? new RegressionTable(targets, rows)
            : throw new UndertoneException($"{name}: no rows below the header; expected one row a test utterance.");
    }

    /// <summary>Puts the rows of several tables, such as folds, into one.</summary>
    /// <param name="tables">The tables with the name that errors call each, at least one.</param>
    /// <exception cref="UndertoneException">An utterance is in two of them, or the targets differ.</exception>
    public static RegressionTable Pool(IReadOnlyList<(string Name, RegressionTable Table)> tables)
    {
        ArgumentNullException.ThrowIfNull(tables);
        var (firstName, first) = tables[0];
        var owner = new Dictionary<string, string>();
        var rows = new List<RegressionRow>();
        foreach (var (name, table) in tables)
        {
            if (!table.Targets.ToHashSet().SetEquals(first.Targets))
            {
                throw new UndertoneException($"{name}: its targets ({string.Join(", ", table.Targets)}) are not those of {firstName} ({string.Join(", ", first.Targets)}); expected files of one system on one set of targets.");
            }

            var own = table.Targets.ToList();
            var order = first.Targets.Select(t => own.IndexOf(t)).ToArray();
            foreach (var row in table.Rows)
            {
                if (!owner.TryAdd(row.Utterance, name))
                {
                    throw new UndertoneException(
                        $"{name}: utterance '{row.Utterance}' is also in {owner[row.Utterance]}; expected each utterance once. Evaluate seeds, systems and corpora apart.");
                }

                rows.Add(row with { True = [.. order.Select(t => row.True[t])], Predicted = [.. order.Select(t => row.Predicted[t])] });
            }
        }

        return new RegressionTable(first.Targets, rows);
    }

    /// <summary>Writes the file: UTF-8 without a byte order mark, lines ending with a line feed, values exactly as they read back.</summary>
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
        WriteLine([.. Required, .. Targets.SelectMany(t => new[] { $"true({t})", $"predicted({t})" })]);
        foreach (var row in Rows)
        {
            WriteLine([row.Utterance, row.Speaker, .. row.True.Zip(row.Predicted).SelectMany(v => new[] { Text(v.First), Text(v.Second) })]);
        }

        static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

        void WriteLine(IEnumerable<string> fields) => writer.Write(string.Join(',', fields.Select(CsvRecords.Field)) + "\n");
    }

    private static List<string> ReadHeader(List<string> header, string name)
    {
        var targets = new List<string>();
        for (var i = 0; i < header.Count; i++)
        {
            var column = header[i];
            if (header.IndexOf(column) != i)
            {
                throw new UndertoneException($"{name}, line 1: column '{column}' is there twice.");
            }

            if ((TargetOf(column, "true") ?? TargetOf(column, "predicted")) is not { } target)
            {
                if (!Required.Contains(column))
                {
                    throw new UndertoneException($"{name}, line 1: unknown column '{column}'{NearestName.Hint(column, [.. Required, "true(<target>)", "predicted(<target>)"])}");
                }
            }
            else if (!targets.Contains(target))
            {
                targets.Add(target);
            }
        }

        List<string> wanted = [.. Required, .. targets.SelectMany(t => new[] { $"true({t})", $"predicted({t})" })];
        var missing = wanted.Where(c => !header.Contains(c)).Select(c => $"'{c}'").ToList();
        return missing.Count > 0 || targets.Count == 0
            ? throw new UndertoneException($"{name}, line 1: no column {(missing.Count > 0 ? string.Join(", ", missing) : "'true(<target>)'")}; expected {Form}.")
            : targets;
    }

    private static string? TargetOf(string column, string kind) =>
        column.Length > kind.Length + 2 && column.StartsWith(kind + "(", StringComparison.Ordinal) && column.EndsWith(')') ? column[(kind.Length + 1)..^1] : null;
}
