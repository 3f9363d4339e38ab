using System.Globalization;

namespace Undertone.Reports;

/// <summary>Writes the pages of docs/results again from the kept files alone and compares.</summary>
public static class ResultsCheck
{
    /// <summary>Checks a folder.</summary>
    /// <param name="folder">The folder: <c>docs/results</c>. One that does not exist holds no pages.</param>
    /// <returns>The pages that were checked and, for each that differs, where.</returns>
    /// <exception cref="UndertoneException">A kept file is missing or damaged.</exception>
    public static IReadOnlyList<CheckedPage> Of(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!Directory.Exists(folder))
        {
            return [];
        }

        return
        [
            .. Directory.GetFiles(folder, "*" + KeptResultsFile.PredictionsEnding).Order(StringComparer.Ordinal)
                .Select(f => Path.GetFileName(f)[..^KeptResultsFile.PredictionsEnding.Length])
                .Select(name => new CheckedPage(name, Compare(folder, name))),
        ];
    }

    private static string? Compare(string folder, string name)
    {
        var page = Path.Combine(folder, name + ".md");
        if (!File.Exists(page))
        {
            return $"{page}: the page is missing; write it with 'undertone results write {name} RUNFOLDER...'.";
        }

        return FirstDifference(page, ResultsPage.Write(KeptResultsFile.Read(folder, name)), File.ReadAllText(page));
    }

    /// <summary>The first line in which a page differs from what its predictions say; null where it is equal.</summary>
    internal static string? FirstDifference(string page, string kept, string written)
    {
        var wanted = kept.Split('\n');
        var found = written.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < Math.Max(wanted.Length, found.Length); i++)
        {
            var (right, present) = (i < wanted.Length ? wanted[i] : null, i < found.Length ? found[i] : null);
            if (right != present)
            {
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{page}:{i + 1}: differs from the predictions kept beside it.\n  page: {present ?? "(the page ends)"}\n  kept: {right ?? "(nothing more)"}");
            }
        }

        return null;
    }
}

/// <summary>A page of docs/results that was checked.</summary>
/// <param name="Name">The page's name.</param>
/// <param name="Difference">The first line that differs, or null where the page is equal.</param>
public sealed record CheckedPage(string Name, string? Difference);
