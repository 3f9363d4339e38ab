using System.Globalization;
using System.Text;

namespace Undertone.Reports.Parts;

/// <summary>Writes a part in Markdown.</summary>
internal static class MarkdownPart
{
    /// <summary>Writes parts under headings of a level.</summary>
    public static void Write(StringBuilder text, IEnumerable<ReportPart> parts, int level)
    {
        foreach (var part in parts)
        {
            text.Append('#', level).Append(CultureInfo.InvariantCulture, $" {MarkdownTable.Escape(part.Title)}\n\n");
            foreach (var paragraph in part.Lead)
            {
                text.Append(CultureInfo.InvariantCulture, $"{MarkdownTable.Escape(paragraph)}\n\n");
            }

            Lines(text, part.Verdicts);
            foreach (var table in part.Tables)
            {
                if (table.IsLong)
                {
                    text.Append(CultureInfo.InvariantCulture, $"<details><summary>{HtmlWriter.Escape(table.CaptionOfFold)}</summary>\n\n");
                }
                else if (part.Tables.Count > 1)
                {
                    text.Append(CultureInfo.InvariantCulture, $"{MarkdownTable.Escape(table.Caption)}:\n\n");
                }

                Write(text, table);
                text.Append(table.IsLong ? "</details>\n\n" : "");
            }

            Lines(text, part.Remarks);
        }
    }

    /// <summary>Writes a table without its caption.</summary>
    public static void Write(StringBuilder text, ReportTable table)
    {
        var markdown = new MarkdownTable([.. table.Columns]);
        foreach (var row in table.Rows)
        {
            markdown.Row([.. row]);
        }

        markdown.WriteTo(text);
    }

    private static void Lines(StringBuilder text, IReadOnlyList<string> lines)
    {
        foreach (var line in lines)
        {
            text.Append(CultureInfo.InvariantCulture, $"- {MarkdownTable.Escape(line)}\n");
        }

        text.Append(lines.Count > 0 ? "\n" : "");
    }
}
