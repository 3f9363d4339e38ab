namespace Undertone.Evaluation;

/// <summary>
/// How far a mean UAR over several tests would move with other speakers: the bootstrap of several samples (Davison &amp;
/// Hinkley 1997, Bootstrap Methods and their Application, chapter 3, doi:10.1017/CBO9780511802843). In each draw the
/// speakers of each tested corpus are drawn anew, the same ones for every model that was tested on it; the pairs'
/// UARs of that draw are averaged. The interval is the percentile one.
/// </summary>
public static class CrossCorpusBootstrap
{
    /// <summary>The interval of the mean over pairs.</summary>
    /// <param name="pairs">For each pair the tested corpus and its prediction rows, at least one row.</param>
    /// <param name="seed">Chooses the draws.</param>
    /// <param name="resamples">How many draws.</param>
    /// <param name="confidence">The share of draws inside the interval, in (0, 1).</param>
    /// <returns>The interval, or null where there are no pairs or a corpus has fewer than two speakers to draw from.</returns>
    public static Interval? MeanUar(
        IReadOnlyList<(string Corpus, IReadOnlyList<PredictionRow> Rows)> pairs, int seed = 0, int resamples = 2000, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 1);
        if (!(confidence > 0 && confidence < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "Expected a share between 0 and 1.");
        }

        var corpora = pairs.GroupBy(p => p.Corpus).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => Tested.Of(g.Select(p => p.Rows))).ToList();
        if (corpora.Count == 0 || corpora.Any(c => c.Speakers < 2))
        {
            return null;
        }

        var random = SeededRandom.From(seed, "cross-corpus-bootstrap");
        var draws = new double[resamples];
        for (var b = 0; b < resamples; b++)
        {
            foreach (var corpus in corpora)
            {
                var drawn = new int[corpus.Speakers];
                for (var s = 0; s < drawn.Length; s++)
                {
                    drawn[random.NextInt(drawn.Length)]++;
                }

                draws[b] += corpus.SumOfUars(drawn) / pairs.Count;
            }
        }

        Array.Sort(draws);
        var estimate = corpora.Sum(c => c.SumOfUars([.. Enumerable.Repeat(1, c.Speakers)])) / pairs.Count;
        return new Interval(
            estimate,
            ClusterBootstrap.Quantile(draws, (1 - confidence) / 2),
            ClusterBootstrap.Quantile(draws, (1 + confidence) / 2),
            confidence,
            corpora.Sum(c => c.Speakers));
    }

    /// <summary>A tested corpus: rows and hits of each class, by model and speaker.</summary>
    private sealed record Tested(int Speakers, IReadOnlyList<int[][]> Models)
    {
        public static Tested Of(IEnumerable<IReadOnlyList<PredictionRow>> models)
        {
            var rows = models.ToList();
            var speakers = rows.SelectMany(r => r).Select(r => r.Speaker).Distinct().Order(StringComparer.Ordinal).Select((s, i) => (s, i)).ToDictionary(p => p.s, p => p.i);
            var classes = rows.SelectMany(r => r).Select(r => r.True).Distinct().Order(StringComparer.Ordinal).Select((c, i) => (c, i)).ToDictionary(p => p.c, p => p.i);
            return new Tested(speakers.Count, [.. rows.Select(Counts)]);

            int[][] Counts(IReadOnlyList<PredictionRow> model)
            {
                var counts = Enumerable.Range(0, speakers.Count).Select(_ => new int[2 * classes.Count]).ToArray();
                foreach (var row in model)
                {
                    var speaker = counts[speakers[row.Speaker]];
                    var c = classes[row.True];
                    speaker[2 * c]++;
                    speaker[(2 * c) + 1] += row.Predicted == row.True ? 1 : 0;
                }

                return counts;
            }
        }

        /// <summary>The UARs of all models, each speaker taken so many times.</summary>
        public double SumOfUars(int[] times)
        {
            var total = 0.0;
            foreach (var model in Models)
            {
                var sum = new int[model[0].Length];
                for (var s = 0; s < times.Length; s++)
                {
                    for (var i = 0; i < sum.Length; i++)
                    {
                        sum[i] += times[s] * model[s][i];
                    }
                }

                total += ClusterBootstrap.UarOf(sum);
            }

            return total;
        }
    }
}
