using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Undertone.Reports.Parts;

namespace Undertone.Reports;

/// <summary>
/// Tables of kept results inside a page that people write, such as the README. A table stands between
/// <c>&lt;!-- table KIND NAME --&gt;</c> and <c>&lt;!-- end of table --&gt;</c>, where NAME is a page of docs/results; what lies
/// between is written from its predictions, never by hand.
/// </summary>
public static partial class EmbeddedTables
{
    private const string End = "<!-- end of table -->";

    private static readonly Dictionary<string, Action<StringBuilder, KeptResults>> Kinds = new()
    {
        ["scores"] = ScoresByBadge.Write,
        ["conditions"] = ScoresByCondition.Write,
        ["reality-gap"] = RealityGapPart.Write,
        ["published"] = PublishedPart.Write,
    };

    /// <summary>Writes every table of a page anew.</summary>
    /// <param name="path">The page.</param>
    /// <param name="results">The folder of kept results: <c>docs/results</c>.</param>
    /// <returns>Whether the page changed.</returns>
    /// <exception cref="UndertoneException">A marker is unknown or open, or the results it names are missing.</exception>
    public static bool Write(string path, string results)
    {
        var before = Read(path);
        var after = Fill(path, before, results);
        if (after == before)
        {
            return false;
        }

        File.WriteAllText(path, after);
        return true;
    }

    /// <summary>Compares every table of a page with the kept results.</summary>
    /// <param name="path">The page.</param>
    /// <param name="results">The folder of kept results.</param>
    /// <returns>The first line that differs, or null.</returns>
    /// <exception cref="UndertoneException">As <see cref="Write"/>.</exception>
    public static string? Check(string path, string results)
    {
        var found = Read(path);
        return ResultsCheck.FirstDifference(path, Fill(path, found, results), found);
    }

    private static string Read(string path) => File.Exists(path)
        ? File.ReadAllText(path).ReplaceLineEndings("\n")
        : throw new UndertoneException($"{path}: there is no such file; expected a page with tables between '<!-- table KIND NAME -->' and '{End}'.");

    private static string Fill(string path, string page, string results)
    {
        var text = new StringBuilder();
        var at = 0;
        foreach (Match marker in Marker().Matches(page))
        {
            var line = page.AsSpan(0, marker.Index).Count('\n') + 1;
            var where = string.Create(CultureInfo.InvariantCulture, $"{path}:{line}");
            var (kind, name) = (marker.Groups[1].Value, marker.Groups[2].Value);
            if (!Kinds.TryGetValue(kind, out var write))
            {
                throw new UndertoneException($"{where}: there is no table of the kind '{kind}'{NearestName.Hint(kind, Kinds.Keys)}");
            }

            var start = marker.Index + marker.Length;
            var end = page.IndexOf(End, start, StringComparison.Ordinal);
            if (end < 0 || page.IndexOf("<!-- table ", start, StringComparison.Ordinal) is var next && next >= 0 && next < end)
            {
                throw new UndertoneException($"{where}: the table is not closed; expected a line '{End}' below it.");
            }

            text.Append(page, at, start - at).Append("\n\n");
            write(text, KeptResultsFile.Read(results, name));
            at = end;
        }

        return text.Append(page, at, page.Length - at).ToString();
    }

    [GeneratedRegex(@"^<!-- table (\S+) (\S+) -->$", RegexOptions.Multiline)]
    private static partial Regex Marker();
}
