using System.Text;
using System.Text.RegularExpressions;

namespace Undertone.EndToEnd.Tests;

/// <summary>
/// Who may import whom: <c>Undertone.Torch</c>, then <c>Undertone</c>, then <c>Undertone.Cli</c>; and inside the library
/// a folder imports only the folders before it. Read from the text of the sources, so that a violation is named with its
/// line; comments and strings do not count.
/// </summary>
internal static partial class ArchitectureRules
{
    /// <summary>The library's folders; each may import only those before it.</summary>
    public static readonly string[] Floors =
    [
        "Emotions", "Speech", "Preprocessing", "Features", "Augmentation", "Models", "Corpora", "Protocols", "Evaluation",
        "Training", "Adaptation", "Systems", "Experiments", "Reports",
    ];

    private const string Top = "EmotionModel";

    private static readonly string[] WithoutEngine =
    [
        "Emotions", "Speech", "Preprocessing", "Features", "Augmentation", "Corpora", "Protocols", "Evaluation",
    ];

    // Of the models, networks and what trains them need the engine; mixtures, trees and machines are managed code.
    private static readonly string[] ModelsWithEngine = ["Networks", "Pretraining"];

    /// <summary>Checks sources.</summary>
    /// <param name="sources">Path from <c>src/</c> on, with forward slashes, and text of each file.</param>
    /// <returns>One line a violation: <c>file(line): what is wrong</c>.</returns>
    public static IReadOnlyList<string> Violations(IReadOnlyDictionary<string, string> sources)
    {
        var code = sources.ToDictionary(s => s.Key, s => WithoutCommentsAndStrings(s.Value));
        var typesOf = Floors.ToDictionary(
            floor => floor,
            floor => code.Where(s => s.Key.StartsWith($"src/Undertone/{floor}/", StringComparison.Ordinal))
                .SelectMany(s => Declaration().Matches(s.Value))
                .Select(m => m.Groups["name"].Value)
                .ToHashSet());
        var violations = new List<string>();
        foreach (var (path, text) in code.OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            var lines = text.Split('\n');
            for (var i = 0; i < lines.Length; i++)
            {
                violations.AddRange(OfLine(path, lines[i], typesOf).Distinct().Select(v => $"{path}({i + 1}): {v}"));
            }

            violations.AddRange(OfPlace(path, text).Select(v => $"{path}(1): {v}"));
        }

        return violations;
    }

    private static IEnumerable<string> OfLine(string path, string line, Dictionary<string, HashSet<string>> typesOf)
    {
        var parts = path.Split('/');
        var project = parts[1];
        var floor = project == "Undertone" && parts.Length > 3 ? parts[2] : null;
        foreach (Match match in Reference().Matches(line))
        {
            var (room, name) = (match.Groups["room"].Value, match.Groups["name"].Value);
            var isFull = match.Groups["full"].Success;
            if (room == "Torch" && project == "Undertone" && (floor is null ? parts[2] != $"{Top}.cs" : WithoutEngine.Contains(floor)))
            {
                yield return $"'{match.Value.Trim()}': {floor ?? "the library's ground"} works without the engine.";
            }
            else if (room == "Torch" && floor == "Models" && parts.Length > 4 && !ModelsWithEngine.Contains(parts[3]))
            {
                yield return $"'{match.Value.Trim()}': Models/{parts[3]} works without the engine; networks are in Models/Networks.";
            }
            else if (project == "Undertone.Torch" && isFull && room != "Torch")
            {
                yield return $"'{match.Value.Trim()}': the engine knows nothing of the library.";
            }
            else if (project == "Undertone" && isFull && room == "Cli")
            {
                yield return $"'{match.Value.Trim()}': the library knows nothing of the command line.";
            }
            else if (project == "Undertone" && Array.IndexOf(Floors, room) is >= 0 and var wanted
                && (isFull || typesOf[room].Contains(name))
                && parts[2] != $"{Top}.cs" && wanted > Array.IndexOf(Floors, floor))
            {
                yield return floor is null
                    ? $"'{match.Value.Trim()}': a file beside the folders imports none of them; only {Top}.cs imports all."
                    : $"'{match.Value.Trim()}': {floor} may import only {Before(floor)}.";
            }
        }

        if (floor is not null && Regex.IsMatch(line, $@"(?<![\w.]){Top}\b"))
        {
            yield return $"'{Top}': it stands above all folders; no folder may use it.";
        }
    }

    private static IEnumerable<string> OfPlace(string path, string text)
    {
        var parts = path.Split('/');
        if (parts[1] != "Undertone")
        {
            yield break;
        }

        if (parts.Length > 3 && !Floors.Contains(parts[2]))
        {
            yield return $"the folder '{parts[2]}' has no place in the order of the house: {string.Join(", ", Floors)}.";
        }

        var home = parts.Length > 3 ? $"Undertone.{parts[2]}" : "Undertone";
        var declared = Namespace().Match(text).Groups["name"].Value;
        if (declared.Length > 0 && declared != home && !(parts.Length > 3 && declared.StartsWith(home + ".", StringComparison.Ordinal)))
        {
            yield return $"the namespace is '{declared}', but the file lies in the folder of '{home}'.";
        }
    }

    private static string Before(string floor) => Array.IndexOf(Floors, floor) switch
    {
        0 => "nothing",
        var n => string.Join(", ", Floors[..n]),
    };

    // Blanks are put in their place, so that line numbers stay.
    private static string WithoutCommentsAndStrings(string text)
    {
        var clean = new StringBuilder(text);
        foreach (Match match in CommentOrString().Matches(text))
        {
            for (var i = match.Index; i < match.Index + match.Length; i++)
            {
                if (clean[i] != '\n')
                {
                    clean[i] = ' ';
                }
            }
        }

        return clean.ToString();
    }

    // Longest forms first: raw strings, verbatim strings, strings, characters, then the two kinds of comment. What stands
    // in the holes of an interpolated string is blanked with it.
    [GeneratedRegex("""
        (?<quotes>"{3,})[\s\S]*?\k<quotes> | \$?@\$?"(?:[^"]|"")*" | "(?:\\.|[^"\\\n])*" | '(?:\\[^\n]*?|[^'\\\n])' | //[^\n]* | /\*[\s\S]*?\*/
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex CommentOrString();

    [GeneratedRegex(@"(?<![\w.])(?:(?<full>Undertone)\s*\.\s*)?(?<room>[A-Z]\w*)(?:\s*\.\s*(?<name>[A-Z]\w*)|(?<=Undertone\s*\.\s*\k<room>))")]
    private static partial Regex Reference();

    [GeneratedRegex(@"\b(?:class|record\s+struct|record\s+class|record|struct|interface|enum)\s+(?<name>[A-Z]\w*)")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^\s*namespace\s+(?<name>[\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
