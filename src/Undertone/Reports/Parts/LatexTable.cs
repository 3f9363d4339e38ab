using System.Globalization;
using System.Text;

namespace Undertone.Reports.Parts;

/// <summary>Writes a table in LaTeX, in the manner of the package booktabs.</summary>
internal static class LatexTable
{
    // A column of text with longer cells than this is broken into lines.
    private const int LongText = 40;

    /// <summary>What LaTeX does not take as it is, and what it takes instead.</summary>
    private static readonly Dictionary<char, string> Replacements = new()
    {
        ['\\'] = @"\textbackslash{}",
        ['{'] = @"\{",
        ['}'] = @"\}",
        ['$'] = @"\$",
        ['&'] = @"\&",
        ['%'] = @"\%",
        ['#'] = @"\#",
        ['_'] = @"\_",
        ['~'] = @"\textasciitilde{}",
        ['^'] = @"\textasciicircum{}",
        ['<'] = @"\textless{}",
        ['>'] = @"\textgreater{}",
        ['|'] = @"\textbar{}",
        ['"'] = @"\textquotedbl{}",
        ['−'] = "$-$",
        ['±'] = @"$\pm$",
        ['–'] = "--",
        ['—'] = "---",
        ['·'] = @"\textperiodcentered{}",
        ['★'] = @"$\star$",
        ['→'] = @"$\rightarrow$",
        ['×'] = @"$\times$",
        ['²'] = "$^2$",
        ['≥'] = @"$\geq$",
        ['≤'] = @"$\leq$",
        ['α'] = @"$\alpha$",
        ['χ'] = @"$\chi$",
        ['’'] = "'",
        ['‘'] = "`",
        ['“'] = "``",
        ['”'] = "''",
        ['…'] = @"\dots{}",
        ['\u00a0'] = "~",
    };

    /// <summary>Writes a floating table.</summary>
    /// <param name="text">Where to.</param>
    /// <param name="table">The table.</param>
    /// <param name="where">What its caption says besides the table's own.</param>
    /// <param name="number">Its number, for the label.</param>
    public static void Write(StringBuilder text, ReportTable table, string where, int number)
    {
        var columns = string.Concat(Enumerable.Range(0, table.Columns.Count).Select(c =>
            !table.IsText(c) ? "r" : c > 0 && table.Rows.Any(r => r[c].Length > LongText) ? @"p{0.3\linewidth}" : "l"));
        text.Append("\\begin{table}[htbp]\n\\centering\\small\n")
            .Append(CultureInfo.InvariantCulture, $"\\caption{{{Escape($"{table.Caption}: {where}")}}}\n\\label{{tab:{number}}}\n")
            .Append(@"\resizebox{\ifdim\width>\linewidth\linewidth\else\width\fi}{!}{%").Append('\n')
            .Append(CultureInfo.InvariantCulture, $"\\begin{{tabular}}{{{columns}}}\n\\toprule\n");
        Line(text, Enumerable.Range(0, table.Columns.Count).Select(table.Head));
        text.Append("\\midrule\n");
        foreach (var row in table.Rows)
        {
            Line(text, row);
        }

        text.Append("\\bottomrule\n\\end{tabular}}\n\\end{table}\n\n");
    }

    /// <summary>Text that LaTeX shows as it is. A letter that its fonts lack is written as its code point, <c>[U+2603]</c>.</summary>
    /// <param name="text">The text.</param>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings(" ").EnumerateRunes())
        {
            escaped.Append(rune.IsBmp && Replacements.TryGetValue((char)rune.Value, out var instead) ? instead
                : rune.Value is >= 0x20 and < 0x7f || (rune.Value is >= 0xc0 and < 0x180 && Rune.IsLetter(rune)) ? rune.ToString()
                : string.Create(CultureInfo.InvariantCulture, $"[U+{rune.Value:X4}]"));
        }

        return escaped.ToString();
    }

    // A line that begins with a bracket would be taken for the option of the \\ before it.
    private static void Line(StringBuilder text, IEnumerable<string> cells) =>
        text.AppendJoin(" & ", cells.Select(Escape).Select(c => c.StartsWith('[') || c.StartsWith('*') ? "{}" + c : c)).Append(" \\\\\n");
}
