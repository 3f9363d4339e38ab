namespace Undertone.Reports.Parts;

/// <summary>A table that Markdown, HTML and LaTeX each write in their own way.</summary>
/// <param name="Caption">What it holds, with the badge of its scores.</param>
/// <param name="Columns">The columns' heads. The first column is text, the others are numbers, but those that begin with <c>&lt;</c>.</param>
internal sealed record ReportTable(string Caption, params IReadOnlyList<string> Columns)
{
    private const int RowsOfAScreen = 20;

    private readonly List<IReadOnlyList<string>> _rows = [];

    /// <summary>Whether it is longer than a screen, and so is folded: what it says in words stands above it.</summary>
    public bool IsLong => Rows.Count > RowsOfAScreen;

    /// <summary>What the fold of a long table says.</summary>
    public string CaptionOfFold => $"{Caption} ({Figures.Count(Rows.Count)} rows)";

    /// <summary>A table that was made for Markdown.</summary>
    /// <param name="caption">What it holds.</param>
    /// <param name="table">The table.</param>
    public static ReportTable Of(string caption, MarkdownTable table)
    {
        var copy = new ReportTable(caption, table.Columns);
        foreach (var row in table.Rows)
        {
            copy.Row(row);
        }

        return copy;
    }

    /// <summary>The rows, one cell a column.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Rows => _rows;

    /// <summary>Adds a row.</summary>
    /// <param name="cells">One a column.</param>
    public ReportTable Row(params IReadOnlyList<string> cells)
    {
        if (cells.Count != Columns.Count)
        {
            throw new ArgumentException($"{cells.Count} cells in a table of {Columns.Count} columns.", nameof(cells));
        }

        _rows.Add(cells);
        return this;
    }

    /// <summary>Whether a column is text.</summary>
    /// <param name="column">Its position.</param>
    public bool IsText(int column) => column == 0 || Columns[column].StartsWith('<');

    /// <summary>A column's head as people read it.</summary>
    /// <param name="column">Its position.</param>
    public string Head(int column) => Columns[column].TrimStart('<');
}
