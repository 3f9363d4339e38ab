using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Undertone.Reports.Charts;

/// <summary>The numbers behind a chart: named columns, and rows of texts and numbers. Shares are in [0, 1].</summary>
public sealed class ChartTable
{
    private readonly List<object?[]> _rows = [];

    /// <summary>Makes an empty table.</summary>
    /// <param name="columns">The names of its columns, as CSV and specification call them.</param>
    public ChartTable(params string[] columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        Columns = columns;
    }

    /// <summary>The columns.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The rows: a <see cref="string"/>, an <see cref="int"/>, a <see cref="double"/> (a share or a plain number) or null a cell.</summary>
    public IReadOnlyList<IReadOnlyList<object?>> Rows => _rows;

    /// <summary>The columns whose numbers are no shares: losses, seconds, ranks.</summary>
    public IReadOnlyList<string> Quantities { get; init; } = [];

    /// <summary>Adds a row.</summary>
    /// <param name="cells">One value a column.</param>
    /// <returns>This table.</returns>
    public ChartTable Add(params object?[] cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        if (cells.Length != Columns.Count)
        {
            throw new ArgumentException($"{cells.Length} cells for {Columns.Count} columns.", nameof(cells));
        }

        _rows.Add(cells);
        return this;
    }

    /// <summary>The table as CSV (RFC 4180), lines ending with <c>\n</c>; a number that is none is an empty field.</summary>
    public string ToCsv()
    {
        var text = new StringBuilder().AppendJoin(',', Columns.Select(CsvRecords.Field)).Append('\n');
        foreach (var row in _rows)
        {
            text.AppendJoin(',', row.Select(c => CsvRecords.Field(Exact(c)))).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>A cell as people read it: shares in per cent, other numbers with four digits, an en dash for none.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="column">The column, from 0.</param>
    public string Text(int row, int column) => _rows[row][column] switch
    {
        double number when !Quantities.Contains(Columns[column]) => Figures.Percent(number),
        double number => double.IsFinite(number) ? number.ToString("G4", CultureInfo.InvariantCulture) : Figures.None,
        int count => Figures.Count(count),
        null => Figures.None,
        var text => (string)text,
    };

    /// <summary>Whether a column holds numbers.</summary>
    internal bool IsNumber(int column) => _rows.Any(r => r[column] is double or int);

    /// <summary>The rows as Vega-Lite reads them: one object a row.</summary>
    /// <param name="label">A text that each row gains as its field <c>label</c>; null for none.</param>
    /// <returns>An array of objects; a number that is none is null.</returns>
    public JsonArray ToRows(Func<IReadOnlyList<object?>, string>? label = null)
    {
        var rows = new JsonArray();
        foreach (var row in _rows)
        {
            var json = new JsonObject();
            if (label is not null)
            {
                json["label"] = label(row);
            }

            for (var i = 0; i < row.Length; i++)
            {
                json[Columns[i]] = row[i] switch
                {
                    double number => Json.Number(number),
                    int count => count,
                    null => null,
                    var text => (string)text,
                };
            }

            rows.Add(json);
        }

        return rows;
    }

    private static string Exact(object? cell) => cell switch
    {
        double number => double.IsFinite(number) ? number.ToString("G6", CultureInfo.InvariantCulture) : "",
        int count => Figures.Count(count),
        null => "",
        _ => (string)cell,
    };
}
