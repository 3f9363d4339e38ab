using Undertone.Corpora;

namespace Undertone.Protocols;

/// <summary>Divides a training part by something other than speakers alone: by sessions, by sentences.</summary>
internal static class HeldOut
{
    private const int Draws = 256;

    /// <summary>
    /// Draws units (sessions, sentences) at random and keeps the first draw that leaves the fewest classes missing from
    /// training, then from validation. What is of a drawn unit validates, what is of none trains.
    /// </summary>
    /// <param name="fold">The fold, its validation part empty.</param>
    /// <param name="count">How many units to draw, fewer than there are.</param>
    /// <param name="unit">The unit of an utterance.</param>
    /// <param name="random">The fold's own stream.</param>
    /// <param name="speakers">
    /// Where given, only what these speakers say validates, and they do not train: neither unit nor speaker is then in
    /// both parts, and what is of one but not of the other is left out.
    /// </param>
    public static Split Draw(Split fold, int count, Func<Utterance, string> unit, SeededRandom random, IReadOnlySet<string>? speakers = null)
    {
        var classes = fold.Train.Select(u => u.Emotion).Distinct().Count();
        var units = fold.Train.Select(unit).Distinct().Order(StringComparer.Ordinal).ToArray();
        Split? best = null;
        var least = (int.MaxValue, 0);
        for (var draw = 0; draw < Draws && least != (0, 0); draw++)
        {
            random.Shuffle(units.AsSpan());
            var drawn = units.Take(count).ToHashSet();
            var split = fold with
            {
                Train = [.. fold.Train.Where(u => !drawn.Contains(unit(u)) && speakers?.Contains(u.Speaker) != true)],
                Validation = [.. fold.Train.Where(u => drawn.Contains(unit(u)) && speakers?.Contains(u.Speaker) != false)],
            };
            var missing = (Missing(split.Train), Missing(split.Validation));
            if (best is null || missing.CompareTo(least) < 0)
            {
                (best, least) = (split, missing);
            }
        }

        return best!;

        int Missing(IReadOnlyList<Utterance> part) => classes - part.Select(u => u.Emotion).Distinct().Count();
    }

    /// <summary>
    /// A random part of each class, whoever speaks: the share that <see cref="ValidationOptions.Speakers"/> is of the
    /// corpus's speakers, at most half, at least one utterance of a class that has two.
    /// </summary>
    public static Split Utterances(Split fold, CorpusData corpus, ValidationOptions validation, int seed)
    {
        var share = Math.Min(0.5, validation.Speakers / (double)corpus.Utterances.Select(u => u.Speaker).Distinct().Count());
        var chosen = new HashSet<string>();
        foreach (var (emotion, ids) in ByClass(fold.Train))
        {
            SeededRandom.From(seed, fold.Fold, "validation", emotion).Shuffle(ids.AsSpan());
            chosen.UnionWith(ids.Take(Math.Clamp((int)Math.Round(share * ids.Length), ids.Length > 1 ? 1 : 0, ids.Length - 1)));
        }

        return fold with
        {
            Train = [.. fold.Train.Where(u => !chosen.Contains(u.Id))],
            Validation = [.. fold.Train.Where(u => chosen.Contains(u.Id))],
        };
    }

    /// <summary>The ids of each class, classes and ids in ordinal order.</summary>
    public static IEnumerable<(string Emotion, string[] Ids)> ByClass(IEnumerable<Utterance> utterances) =>
        utterances.GroupBy(u => u.Emotion).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => (g.Key, g.Select(u => u.Id).Order(StringComparer.Ordinal).ToArray()));
}
