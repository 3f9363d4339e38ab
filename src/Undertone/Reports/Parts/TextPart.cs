using System.Text;

namespace Undertone.Reports.Parts;

/// <summary>Writes a part as plain text, for a terminal: columns padded with spaces.</summary>
internal static class TextPart
{
    /// <summary>Writes a part.</summary>
    public static void Write(StringBuilder text, ReportPart part)
    {
        text.Append(part.Title).Append("\n\n");
        foreach (var table in part.Tables)
        {
            Write(text, table);
        }

        Lines(text, part.Verdicts);
        Lines(text, part.Remarks.Select(r => "note: " + r));
    }

    private static void Write(StringBuilder text, ReportTable table)
    {
        IReadOnlyList<string> heads = [.. Enumerable.Range(0, table.Columns.Count).Select(table.Head)];
        int[] widths = [.. heads.Select((h, c) => Math.Max(h.Length, table.Rows.Max(r => r[c].Length)))];
        foreach (var row in table.Rows.Prepend([.. widths.Select(w => new string('─', w))]).Prepend(heads))
        {
            text.AppendJoin("  ", row.Select((cell, c) => table.IsText(c) ? cell.PadRight(widths[c]) : cell.PadLeft(widths[c]))).Append('\n');
        }

        text.Append('\n');
    }

    private static void Lines(StringBuilder text, IEnumerable<string> lines)
    {
        var before = text.Length;
        foreach (var line in lines)
        {
            text.Append(line).Append('\n');
        }

        text.Append(text.Length > before ? "\n" : "");
    }
}
