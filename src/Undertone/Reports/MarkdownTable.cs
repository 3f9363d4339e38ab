using System.Text;

namespace Undertone.Reports;

/// <summary>A table in Markdown. The first column is text, the others are numbers unless said otherwise.</summary>
/// <param name="columns">The columns' heads; one that begins with <c>&lt;</c> is text, aligned left.</param>
internal sealed class MarkdownTable(params string[] columns)
{
    private readonly List<string[]> _rows = [];

    /// <summary>The columns' heads as they were given.</summary>
    public IReadOnlyList<string> Columns => columns;

    /// <summary>The rows, not escaped.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Rows => _rows;

    /// <summary>Adds a row; cells are escaped.</summary>
    public MarkdownTable Row(params string[] cells)
    {
        if (cells.Length != columns.Length)
        {
            throw new ArgumentException($"{cells.Length} cells in a table of {columns.Length} columns.", nameof(cells));
        }

        _rows.Add(cells);
        return this;
    }

    /// <summary>Writes the table and an empty line after it.</summary>
    public void WriteTo(StringBuilder text)
    {
        Line(text, columns.Select(c => c.TrimStart('<')));
        text.Append('|').AppendJoin('|', columns.Select((c, i) => i == 0 || c.StartsWith('<') ? ":---" : "---:")).Append("|\n");
        foreach (var row in _rows)
        {
            Line(text, row);
        }

        text.Append('\n');
    }

    /// <summary>Text that Markdown shows as it is.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text.ReplaceLineEndings(" "))
        {
            escaped.Append(c switch
            {
                '<' => "&lt;",
                '&' => "&amp;",
                '|' or '\\' or '`' or '*' or '[' or ']' or '_' => "\\" + c,
                _ => c.ToString(),
            });
        }

        return escaped.ToString();
    }

    private static void Line(StringBuilder text, IEnumerable<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells.Select(Cell)).Append(" |\n");

    private static string Cell(string text) =>
        text.ReplaceLineEndings(" ").Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal);
}
