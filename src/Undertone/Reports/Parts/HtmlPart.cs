namespace Undertone.Reports.Parts;

/// <summary>Writes a part in HTML.</summary>
internal static class HtmlPart
{
    /// <summary>Writes parts under headings of a level.</summary>
    public static void Write(HtmlWriter page, IEnumerable<ReportPart> parts, int level)
    {
        foreach (var part in parts)
        {
            page.Element($"h{Figures.Count(level)}", part.Title);
            foreach (var paragraph in part.Lead)
            {
                page.Element("p class=\"small\"", paragraph);
            }

            Lines(page, part.Verdicts, "verdicts");
            foreach (var table in part.Tables)
            {
                Table(page, table, part.Tables.Count > 1);
            }

            Lines(page, part.Remarks, "small");
        }
    }

    private static void Table(HtmlWriter page, ReportTable table, bool captioned)
    {
        if (table.IsLong)
        {
            page.Raw("<details>").Element("summary", table.CaptionOfFold);
        }

        page.Raw("<div class=\"wide\"><table class=\"full\">\n");
        if (captioned && !table.IsLong)
        {
            page.Element("caption", table.Caption);
        }

        page.Raw("<thead><tr>");
        for (var c = 0; c < table.Columns.Count; c++)
        {
            page.Element(table.IsText(c) ? "th scope=\"col\"" : "th scope=\"col\" class=\"n\"", table.Head(c));
        }

        page.Raw("</tr></thead>\n<tbody>\n");
        foreach (var row in table.Rows)
        {
            page.Raw("<tr>").Element("th scope=\"row\"", row[0]);
            for (var c = 1; c < row.Count; c++)
            {
                page.Element(table.IsText(c) ? "td" : "td class=\"n\"", row[c]);
            }

            page.Raw("</tr>\n");
        }

        page.Raw(table.IsLong ? "</tbody></table></div></details>\n" : "</tbody></table></div>\n");
    }

    private static void Lines(HtmlWriter page, IReadOnlyList<string> lines, string kind)
    {
        if (lines.Count == 0)
        {
            return;
        }

        page.Raw($"<ul class=\"{kind}\">\n");
        foreach (var line in lines)
        {
            page.Element("li", line);
        }

        page.Raw("</ul>\n");
    }
}
