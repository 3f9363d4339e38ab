using Undertone.Emotions;

namespace Undertone.Evaluation.Agreement;

/// <summary>
/// Krippendorff's alpha (Hayes and Krippendorff 2007, doi:10.1080/19312450709336664): 1 - observed / expected
/// disagreement over all pairs of votes for the same utterance. Any number of annotators, and any of their votes may be
/// missing; an utterance with fewer than two votes has no pair and is left out. 1 is full agreement, 0 that of chance,
/// less is systematic disagreement. Where all votes are the same there is no variation that could be agreed on, and
/// no value (NaN).
/// </summary>
public static class KrippendorffAlpha
{
    /// <summary>Of classes: two votes are the same or not. Where an annotator chose several emotions, each choice is a vote.</summary>
    /// <param name="votes">The votes for each utterance.</param>
    /// <exception cref="UndertoneException">No utterance has two votes.</exception>
    public static AgreementScore Nominal(IEnumerable<EmotionVotes> votes)
    {
        ArgumentNullException.ThrowIfNull(votes);
        return Nominal(votes.Select(v => v.Counts.SelectMany(c => Enumerable.Repeat(c.Key, c.Value)).ToList()));
    }

    /// <summary>Of classes: two votes are the same or not.</summary>
    /// <param name="units">The votes for each utterance; null is a missing vote.</param>
    /// <exception cref="UndertoneException">No utterance has two votes.</exception>
    public static AgreementScore Nominal(IEnumerable<IReadOnlyList<string?>> units)
    {
        ArgumentNullException.ThrowIfNull(units);
        var kept = units.Select(u => u.OfType<string>().ToList()).ToList();
        var values = kept.SelectMany(u => u).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var position = values.Index().ToDictionary(v => v.Item, v => v.Index, StringComparer.Ordinal);
        return Of(kept.Select(u => u.ConvertAll(v => position[v])), values.Count, _ => (a, b) => a == b ? 0 : 1);
    }

    /// <summary>Of ratings whose order counts and whose distances do not, such as an intensity of 1 to 3.</summary>
    /// <param name="units">The ratings of each utterance; null is a missing one.</param>
    /// <exception cref="UndertoneException">No utterance has two ratings, or one is not finite.</exception>
    public static AgreementScore Ordinal(IEnumerable<IReadOnlyList<double?>> units) => Of(units, _ => counts =>
    {
        // The votes up to and with each value.
        var upTo = new double[counts.Length];
        for (var v = 0; v < counts.Length; v++)
        {
            upTo[v] = counts[v] + (v > 0 ? upTo[v - 1] : 0);
        }

        return (a, b) =>
        {
            var (low, high) = (Math.Min(a, b), Math.Max(a, b));
            var between = upTo[high] - upTo[low] + counts[low] - ((counts[low] + counts[high]) / 2);
            return between * between;
        };
    });

    /// <summary>Of ratings whose distances count, such as arousal: the squared difference.</summary>
    /// <param name="units">The ratings of each utterance; null is a missing one.</param>
    /// <exception cref="UndertoneException">No utterance has two ratings, or one is not finite.</exception>
    public static AgreementScore Interval(IEnumerable<IReadOnlyList<double?>> units) =>
        Of(units, values => _ => (a, b) => (values[a] - values[b]) * (values[a] - values[b]));

    private static AgreementScore Of(IEnumerable<IReadOnlyList<double?>> units, Func<double[], Func<double[], Func<int, int, double>>> distances)
    {
        ArgumentNullException.ThrowIfNull(units);
        var kept = units.Select(u => u.OfType<double>().ToList()).ToList();
        if (kept.SelectMany(u => u).Where(v => !double.IsFinite(v)).Take(1).ToList() is [var odd])
        {
            throw new UndertoneException(FormattableString.Invariant($"a rating is {odd}; expected a finite number, or none where it is missing."));
        }

        var values = kept.SelectMany(u => u).Distinct().Order().ToArray();
        return Of(kept.Select(u => u.ConvertAll(v => Array.BinarySearch(values, v))), values.Length, distances(values));
    }

    /// <param name="units">The votes for each utterance, each the position of its value.</param>
    /// <param name="values">How many values there are.</param>
    /// <param name="distances">From how often each value occurs among the votes that are compared to the distance of two values.</param>
    private static AgreementScore Of(IEnumerable<List<int>> units, int values, Func<double[], Func<int, int, double>> distances)
    {
        var all = units.ToList();
        var kept = all.Where(u => u.Count >= 2).ToList();
        if (kept.Count == 0)
        {
            throw new UndertoneException("no agreement can be reckoned: no utterance has two votes or more.");
        }

        var counts = new double[values];
        foreach (var vote in kept.SelectMany(u => u))
        {
            counts[vote]++;
        }

        var distance = distances(counts);
        double observed = 0, expected = 0;
        foreach (var unit in kept)
        {
            double pairs = 0;
            for (var i = 0; i < unit.Count; i++)
            {
                for (var j = i + 1; j < unit.Count; j++)
                {
                    pairs += 2 * distance(unit[i], unit[j]);
                }
            }

            observed += pairs / (unit.Count - 1);
        }

        for (var a = 0; a < values; a++)
        {
            for (var b = a + 1; b < values; b++)
            {
                // A value that only left-out utterances have counts 0.
                expected += 2 * counts[a] * counts[b] * distance(a, b);
            }
        }

        var votes = kept.Sum(u => u.Count);
        var value = expected > 0 ? 1 - ((votes - 1) * observed / expected) : double.NaN;
        return new AgreementScore(value, kept.Count, votes, all.Count - kept.Count);
    }
}
