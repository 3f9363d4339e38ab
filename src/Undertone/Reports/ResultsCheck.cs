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

        var wanted = ResultsPage.Write(KeptResultsFile.Read(folder, name)).Split('\n');
        var found = File.ReadAllText(page).ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < Math.Max(wanted.Length, found.Length); i++)
        {
            var (kept, written) = (i < wanted.Length ? wanted[i] : null, i < found.Length ? found[i] : null);
            if (kept != written)
            {
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{page}:{i + 1}: differs from the predictions kept beside it.\n  page: {written ?? "(the page ends)"}\n  kept: {kept ?? "(nothing more)"}");
            }
        }

        return null;
    }
}

/// <summary>A page of docs/results that was checked.</summary>
/// <param name="Name">The page's name.</param>
/// <param name="Difference">The first line that differs, or null where the page is equal.</param>
public sealed record CheckedPage(string Name, string? Difference);
