using Undertone.Emotions;

namespace Undertone.Evaluation.Agreement;

/// <summary>
/// Fleiss' kappa (Fleiss 1971, doi:10.1037/h0031619): how far many annotators give utterances the same class, beyond
/// chance. Fleiss has the same number of votes for each utterance. Here the numbers may vary, and this was decided: the
/// agreement of an utterance is the share of its pairs of votes that are the same, each utterance weighs the same in
/// the observed agreement, and the classes' shares by which chance is reckoned are those of all votes together. An
/// utterance with fewer than two votes has no pair and is left out of both. With equal numbers this is Fleiss' own
/// formula. Where all votes are for one class, chance alone agrees fully and there is no value (NaN).
/// </summary>
public static class FleissKappa
{
    /// <summary>The agreement of votes; where an annotator chose several emotions, each choice is a vote.</summary>
    /// <param name="votes">The votes for each utterance.</param>
    /// <exception cref="UndertoneException">No utterance has two votes.</exception>
    public static AgreementScore Of(IEnumerable<EmotionVotes> votes)
    {
        ArgumentNullException.ThrowIfNull(votes);
        return Of(votes.Select(v => v.Counts));
    }

    /// <summary>The agreement of counted votes.</summary>
    /// <param name="counts">For each utterance, how many votes each class got.</param>
    /// <exception cref="UndertoneException">No utterance has two votes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count is below 0.</exception>
    public static AgreementScore Of(IEnumerable<IReadOnlyCollection<KeyValuePair<string, int>>> counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var byClass = new SortedDictionary<string, long>(StringComparer.Ordinal);
        double agreement = 0;
        int units = 0, leftOut = 0;
        long votes = 0;
        foreach (var unit in counts)
        {
            long total = 0, pairs = 0;
            foreach (var (_, count) in unit)
            {
                ArgumentOutOfRangeException.ThrowIfNegative(count, nameof(counts));
                total += count;
                pairs += count * (count - 1L);
            }

            if (total < 2)
            {
                leftOut++;
                continue;
            }

            units++;
            votes += total;
            agreement += pairs / (double)(total * (total - 1));
            foreach (var (name, count) in unit)
            {
                byClass[name] = byClass.GetValueOrDefault(name) + count;
            }
        }

        if (units == 0)
        {
            throw new UndertoneException("no agreement can be reckoned: no utterance has two votes or more.");
        }

        // Summed as whole numbers first, so that votes for one class alone give exactly 0 / 0.
        var byChance = byClass.Values.Sum(n => n * n) / (double)(votes * votes);
        return new AgreementScore(((agreement / units) - byChance) / (1 - byChance), units, (int)votes, leftOut);
    }
}
