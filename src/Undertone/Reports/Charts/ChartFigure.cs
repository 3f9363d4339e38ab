namespace Undertone.Reports.Charts;

/// <summary>
/// Writes charts into a page: each as a figure with its title, the place where it is drawn, its text alternative, its
/// numbers as a table and as CSV. Only the drawing needs JavaScript; the rest is there without it.
/// </summary>
internal sealed class ChartFigure(HtmlWriter page)
{
    // Longer tables are read with other tools: the CSV has them all.
    private const int MostRows = 80;
    private int _written;

    /// <summary>Whether a chart was written.</summary>
    public bool Any => _written > 0;

    /// <summary>Writes some charts side by side, where the page is wide enough.</summary>
    /// <param name="charts">The charts; null ones are left out.</param>
    /// <param name="level">The level of their headings.</param>
    public void Write(IEnumerable<Chart?> charts, int level)
    {
        var all = charts.OfType<Chart>().ToList();
        if (all.Count == 0)
        {
            return;
        }

        page.Raw("<div class=\"charts\">\n");
        all.ForEach(c => Write(c, level));
        page.Raw("</div>\n");
    }

    private void Write(Chart chart, int level)
    {
        var id = "chart-" + Figures.Count(++_written);
        page.Raw($"<figure class=\"chart{(chart.Wide ? " across" : "")}\" id=\"{id}\" aria-labelledby=\"{id}-title\">\n")
            .Element($"h{Figures.Count(level)} id=\"{id}-title\"", chart.Title)
            .Raw($"<div class=\"plot\" role=\"img\" aria-labelledby=\"{id}-title\" aria-describedby=\"{id}-text\"></div>\n")
            .Raw($"<script type=\"application/json\">").Raw(chart.Specification.ToJsonString()).Raw("</script>\n")
            .Raw($"<figcaption><span id=\"{id}-text\">").Text(chart.Text).Raw("</span>");
        if (chart.Note.Length > 0)
        {
            page.Raw("<span class=\"note\"> ").Text(chart.Note).Raw("</span>");
        }

        page.Raw("</figcaption>\n<div class=\"tools\">");
        var shown = chart.Shown ?? chart.Data;
        if (shown.Rows.Count <= MostRows)
        {
            page.Raw("<details><summary>Numbers</summary>\n");
            Table(shown);
            page.Raw("</details>");
        }

        page.Raw($"<a download=\"{chart.Name}.csv\" href=\"data:text/csv;charset=utf-8,").Raw(HtmlWriter.Escape(InUri(chart.Data.ToCsv())))
            .Raw($"\">CSV</a><button type=\"button\" data-of=\"{id}\" data-name=\"{chart.Name}\">SVG</button></div>\n</figure>\n");
    }

    // Commas may stand in a URI as they are, and a CSV is full of them.
    private static string InUri(string csv) => Uri.EscapeDataString(csv).Replace("%2C", ",", StringComparison.Ordinal);

    private void Table(ChartTable table)
    {
        page.Raw("<div class=\"wide\"><table>\n<thead><tr>");
        for (var c = 0; c < table.Columns.Count; c++)
        {
            page.Raw(table.IsNumber(c) ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">").Text(table.Columns[c].Replace('_', ' ')).Raw("</th>");
        }

        page.Raw("</tr></thead>\n<tbody>\n");
        for (var r = 0; r < table.Rows.Count; r++)
        {
            page.Raw("<tr>");
            for (var c = 0; c < table.Columns.Count; c++)
            {
                var (open, close) = c == 0 ? ("<th scope=\"row\">", "</th>") : table.IsNumber(c) ? ("<td class=\"n\">", "</td>") : ("<td>", "</td>");
                page.Raw(open).Text(table.Text(r, c)).Raw(close);
            }

            page.Raw("</tr>\n");
        }

        page.Raw("</tbody></table></div>\n");
    }
}
