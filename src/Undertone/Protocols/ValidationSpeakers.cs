using Undertone.Corpora;

namespace Undertone.Protocols;

/// <summary>Chooses the training speakers that a fold validates on.</summary>
internal static class ValidationSpeakers
{
    private const int Draws = 256;

    /// <summary>
    /// Draws speakers at random, genders in turn, and keeps the first draw that leaves the fewest classes missing from
    /// training, then from validation. Where no such draw leaves every class in both, gender is given up for it.
    /// </summary>
    /// <param name="train">Training utterances.</param>
    /// <param name="count">How many speakers, fewer than there are.</param>
    /// <param name="random">The fold's own stream.</param>
    public static IReadOnlySet<string> Choose(IReadOnlyList<Utterance> train, int count, SeededRandom random)
    {
        var classes = train.Select(u => u.Emotion).Distinct().Order(StringComparer.Ordinal).ToList();
        var speakers = Voice.Of(train)
            .Select(v => (v.Name, v.Gender, Has: classes.Select(c => v.Utterances.Any(u => u.Emotion == c)).ToArray()))
            .ToArray();
        HashSet<string>? best = null;
        var least = (int.MaxValue, 0);
        for (var draw = 0; draw < Draws && least != (0, 0); draw++)
        {
            random.Shuffle(speakers.AsSpan());
            var byGender = draw < Draws / 2;

            // The sort is stable, so genders stand in the order of the shuffle and the odd one out is random too.
            var chosen = speakers.GroupBy(s => byGender ? s.Gender : "")
                .SelectMany(g => g.Select((speaker, turn) => (speaker, turn)))
                .OrderBy(s => s.turn).Take(count).Select(s => s.speaker).ToList();
            var names = chosen.Select(s => s.Name).ToHashSet();
            var rest = speakers.Where(s => !names.Contains(s.Name));
            var score = (Missing(rest.Select(s => s.Has)), Missing(chosen.Select(s => s.Has)));
            if (best is null || score.CompareTo(least) < 0)
            {
                (best, least) = (names, score);
            }
        }

        return best!;

        int Missing(IEnumerable<bool[]> part)
        {
            var present = new bool[classes.Count];
            foreach (var has in part)
            {
                for (var c = 0; c < present.Length; c++)
                {
                    present[c] |= has[c];
                }
            }

            return present.Count(p => !p);
        }
    }
}
