using System.Text.RegularExpressions;

namespace Undertone.EndToEnd.Tests;

/// <summary>
/// Compares what a page shows of an output with the output. Empty lines and widths of columns do not count; a line
/// <c>...</c> stands for any lines, and <c>...</c> within a line for any text.
/// </summary>
internal static partial class ShownOutput
{
    /// <summary>The first shown line that the output lacks, or null where it is as shown.</summary>
    /// <param name="shown">What the page shows.</param>
    /// <param name="output">What was written.</param>
    /// <param name="numbersVary">Whether any number may be another.</param>
    public static string? Missing(string shown, string output, bool numbersVary)
    {
        var actual = Lines(output);
        var expected = Lines(shown);
        var (at, gap) = (0, false);
        foreach (var line in expected)
        {
            if (line == "...")
            {
                gap = true;
                continue;
            }

            var pattern = Pattern(line, numbersVary);
            var found = actual.FindIndex(at, l => pattern.IsMatch(l));
            if (found < 0 || (!gap && found != at))
            {
                return line;
            }

            (at, gap) = (found + 1, false);
        }

        return gap || at == actual.Count ? null : $"(the end; the output goes on with '{actual[at]}')";
    }

    private static List<string> Lines(string text) => [.. text.Split('\n').Select(l => Wide().Replace(l, " ").Trim()).Where(l => l.Length > 0)];

    private static Regex Pattern(string line, bool numbersVary)
    {
        var pattern = Regex.Escape(line).Replace(@"\.\.\.", ".*", StringComparison.Ordinal);
        return new Regex($"^{(numbersVary ? Number().Replace(pattern, @"[0-9]+(\.[0-9]+)?") : pattern)}$");
    }

    // Rules of tables are as wide as their columns.
    [GeneratedRegex(@"[ ─|+-]*[ ─|+]+[ ─|+-]*")]
    private static partial Regex Wide();

    [GeneratedRegex(@"[0-9]+(\\\.[0-9]+)?")]
    private static partial Regex Number();
}
