using System.Globalization;
using Undertone.Corpora;

namespace Undertone.Protocols;

/// <summary>Finds the speakers that an experiment file or a published list names in a corpus.</summary>
internal static class SpeakerNames
{
    /// <summary>
    /// The corpus's ids of named speakers: the same name, or else the same number, since <c>3</c> and <c>03</c> are
    /// one speaker to whoever writes a list.
    /// </summary>
    /// <exception cref="UndertoneException">The corpus has no such speaker, or the list names one twice.</exception>
    public static IReadOnlyList<string> Resolve(IReadOnlyList<string> names, CorpusData corpus, string where)
    {
        var speakers = corpus.Utterances.Select(u => u.Speaker).Distinct().Order(StringComparer.Ordinal).ToList();
        var resolved = new List<string>();
        foreach (var name in names)
        {
            var speaker = speakers.Contains(name)
                ? name
                : speakers.FirstOrDefault(s => Number(name) is { } n && Number(s) == n)
                  ?? throw new UndertoneException(
                      $"{where}: corpus '{corpus.Card.Name}' has no speaker '{name}' ({speakers.Count} speakers found){NearestName.Hint(name, speakers)}");
            if (resolved.Contains(speaker))
            {
                throw new UndertoneException($"{where}: speaker '{speaker}' is named twice; expected once.");
            }

            resolved.Add(speaker);
        }

        return resolved;
    }

    /// <summary>The corpus's ids of numbered sessions: the same name, or one that ends with the same number, as <c>Session1</c> does.</summary>
    /// <exception cref="UndertoneException">The corpus has no such session.</exception>
    public static IReadOnlySet<string> ResolveSessions(IReadOnlyList<string> names, CorpusData corpus, string where)
    {
        var sessions = corpus.Utterances.Select(u => u.Session!).Distinct().Order(StringComparer.Ordinal).ToList();
        return names.Select(name => sessions.Contains(name)
            ? name
            : sessions.FirstOrDefault(s => Number(name) is { } n && Number(string.Concat(s.Reverse().TakeWhile(char.IsAsciiDigit).Reverse())) == n)
              ?? throw new UndertoneException(
                  $"{where}: corpus '{corpus.Card.Name}' has no session '{name}'{NearestName.Hint(name, sessions)}")).ToHashSet();
    }

    /// <summary>Whether two names are one corpus's, dashes and case aside: <c>crema-d</c> is <c>cremad</c>.</summary>
    public static bool SameCorpus(string first, string second) =>
        string.Equals(first.Replace("-", "", StringComparison.Ordinal), second.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);

    /// <summary>Refuses a speaker who is in two lists.</summary>
    public static void RequireDisjoint(IEnumerable<(string List, IReadOnlyList<string> Speakers)> lists, string where)
    {
        var seen = new Dictionary<string, string>();
        foreach (var (list, speakers) in lists)
        {
            foreach (var speaker in speakers)
            {
                if (!seen.TryAdd(speaker, list))
                {
                    throw new UndertoneException($"{where}: speaker '{speaker}' is in '{seen[speaker]}' and in '{list}'; expected each speaker in one list.");
                }
            }
        }
    }

    private static int? Number(string name) =>
        int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
