namespace Undertone;

/// <summary>
/// Finds the valid name that a mistyped one was probably meant to be, for error messages. The measure is the
/// optimal-string-alignment form of the Damerau–Levenshtein distance (Damerau 1964, doi:10.1145/363958.363994):
/// insertions, deletions, substitutions and swaps of neighbours, upper and lower case being the same.
/// </summary>
public static class NearestName
{
    /// <summary>The candidate nearest to a name, where one is near enough to be a likely slip.</summary>
    /// <param name="name">The name as it was written.</param>
    /// <param name="candidates">The valid names.</param>
    /// <returns>
    /// The nearest candidate (of equals the first); null where even that differs in more than a third of the longer
    /// of the two, a single difference being always allowed.
    /// </returns>
    public static string? Of(string name, IEnumerable<string> candidates)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(candidates);
        string? best = null;
        var least = int.MaxValue;
        foreach (var candidate in candidates)
        {
            var distance = Distance(name, candidate);
            if (distance < least && distance <= Math.Max(1, Math.Max(name.Length, candidate.Length) / 3))
            {
                (best, least) = (candidate, distance);
            }
        }

        return best;
    }

    /// <summary>Text to end an error's sentence with: the nearest valid name, or all of them.</summary>
    /// <param name="name">The name as it was written.</param>
    /// <param name="candidates">The valid names.</param>
    /// <returns>
    /// <c>; did you mean 'log-mel'?</c> where a candidate is near, otherwise <c>; expected one of: log-mel, mfcc</c>;
    /// empty where there are no candidates.
    /// </returns>
    public static string Hint(string name, IEnumerable<string> candidates)
    {
        var all = candidates as IReadOnlyCollection<string> ?? candidates.ToList();
        if (Of(name, all) is { } nearest)
        {
            return $"; did you mean '{nearest}'?";
        }

        return all.Count == 0 ? string.Empty : $"; expected one of: {string.Join(", ", all)}";
    }

    /// <summary>The least number of insertions, deletions, substitutions and swaps of neighbours between two names.</summary>
    /// <param name="first">One name.</param>
    /// <param name="second">The other; case is ignored.</param>
    /// <returns>0 where the names are the same but for case.</returns>
    public static int Distance(string first, string second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var beforeLast = new int[second.Length + 1];
        var last = new int[second.Length + 1];
        var current = new int[second.Length + 1];
        for (var j = 0; j <= second.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= first.Length; i++)
        {
            current[0] = i;
            var a = char.ToLowerInvariant(first[i - 1]);
            for (var j = 1; j <= second.Length; j++)
            {
                var b = char.ToLowerInvariant(second[j - 1]);
                var best = Math.Min(Math.Min(last[j], current[j - 1]) + 1, last[j - 1] + (a == b ? 0 : 1));
                if (i > 1 && j > 1 && a == char.ToLowerInvariant(second[j - 2]) && b == char.ToLowerInvariant(first[i - 2]))
                {
                    best = Math.Min(best, beforeLast[j - 2] + 1);
                }

                current[j] = best;
            }

            (beforeLast, last, current) = (last, current, beforeLast);
        }

        return last[second.Length];
    }
}
