using System.Security.Cryptography;
using System.Text;

namespace Undertone.Reports.Charts;

/// <summary>
/// What draws the charts: Vega, Vega-Lite and Vega-Embed as npm's lock file pins them, and our own report.js, all
/// embedded when the library was built (web/ChartLibraries.targets).
/// </summary>
internal static class ChartLibraries
{
    private static readonly string[] Names = ["vega", "vega-lite", "vega-embed", "report"];

    private static readonly Lazy<IReadOnlyList<string>> All = new(Read);

    /// <summary>Whether this program was built with them.</summary>
    public static bool Present => All.Value.Count > 0;

    /// <summary>
    /// The page's content security policy: nothing is fetched from anywhere, and no script runs but the ones that are
    /// embedded here, known by their hashes. Text from a run's files could do no harm even if it were not escaped.
    /// </summary>
    public static string Policy { get; } =
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; script-src "
        + (Present ? string.Join(' ', All.Value.Select(s => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(s)))}'")) : "'none'");

    /// <summary>Writes them at the end of a page.</summary>
    public static void Write(HtmlWriter page)
    {
        foreach (var script in All.Value)
        {
            page.Raw("<script>").Raw(script).Raw("</script>\n");
        }
    }

    private static List<string> Read()
    {
        var scripts = new List<string>();
        foreach (var name in Names)
        {
            if (Resource(name + ".js") is not { } script)
            {
                return [];
            }

            // A library carries its licence with it. HTML ends a script at these words, wherever they stand.
            script = (Resource(name + ".licence") is { } licence ? $"/*! {name}\n{licence.Replace("*/", "* /", StringComparison.Ordinal)}*/\n" : "") + script;
            if (script.Contains("</script", StringComparison.OrdinalIgnoreCase) || script.Contains("<!--", StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"{name}.js holds '</script' or '<!--' and cannot stand in a page.");
            }

            scripts.Add(script.ReplaceLineEndings("\n"));
        }

        return scripts;
    }

    private static string? Resource(string name)
    {
        using var stream = typeof(ChartLibraries).Assembly.GetManifestResourceStream("charts/" + name);
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
