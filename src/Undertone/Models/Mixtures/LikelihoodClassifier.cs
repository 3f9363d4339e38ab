using System.Globalization;
using Undertone.Features;

namespace Undertone.Models.Mixtures;

/// <summary>
/// A density for each class, and Bayes' rule: p(c | x) ∝ prior(c) · exp(a · ℓ(x | c)), where ℓ is the log-likelihood a frame.
/// Neighbouring frames say much the same, so the likelihood of a whole utterance would be far too sure of itself;
/// the scale a is learned on training speakers whom the densities that are asked have not heard.
/// </summary>
public sealed class LikelihoodClassifier : IFittedClassifier
{
    private const double LeastScale = 1e-3;
    private const double GreatestScale = 1e3;

    private readonly ILikelihood?[][] _densities;
    private readonly double[] _priors;
    private readonly double _scale;

    private LikelihoodClassifier(ILikelihood?[][] densities, double[] priors, double scale) =>
        (_densities, _priors, _scale) = (densities, priors, scale);

    /// <inheritdoc/>
    public long Parameters => _densities.Sum(m => m.Sum(d => d?.Parameters ?? 0)) + _priors.Length + 1;

    /// <summary>Estimates the densities of all classes from their sequences; null for a class that has none.</summary>
    /// <param name="byClass">The sequences of each class, C lists.</param>
    /// <param name="random">Chooses starts.</param>
    /// <returns>C densities.</returns>
    public delegate ILikelihood?[] Estimation(IReadOnlyList<IReadOnlyList<FeatureMatrix>> byClass, SeededRandom random);

    /// <summary>Fits a classifier.</summary>
    /// <param name="data">Sequences and labels.</param>
    /// <param name="members">Densities a class, from other starts, whose log-likelihoods are averaged; at least 1.</param>
    /// <param name="groups">Into how many groups the training speakers are parted to learn the scale, by one density a class; at least 2.</param>
    /// <param name="estimation">Estimates densities.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static LikelihoodClassifier Fit(ClassifierData data, int members, int groups, Estimation estimation)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(estimation);
        var priors = new double[data.Classes];
        foreach (var label in data.Labels)
        {
            priors[label] += data.ClassWeights[label] / data.Labels.Count;
        }

        var speakers = data.Speakers.Distinct().Order(StringComparer.Ordinal).ToList();
        var parts = Math.Min(groups, speakers.Count);
        var scores = new List<double[]>();
        var labels = new List<int>();
        for (var part = 0; part < parts && parts > 1; part++)
        {
            var unheard = Enumerable.Range(0, data.Labels.Count).ToLookup(i => speakers.IndexOf(data.Speakers[i]) % parts == part);
            var densities = Estimate(data, [.. unheard[false]], 1, estimation);
            foreach (var i in unheard[true].Where(i => densities[0][data.Labels[i]] is not null))
            {
                scores.Add(Scores(densities, data.Features[i]));
                labels.Add(data.Labels[i]);
            }
        }

        var all = Estimate(data, [.. Enumerable.Range(0, data.Labels.Count)], members, estimation);
        if (scores.Count == 0)
        {
            // One speaker: what the densities have heard themselves is all there is.
            scores.AddRange(data.Features.Select(f => Scores(all, f)));
            labels.AddRange(data.Labels);
        }

        return new LikelihoodClassifier(all, priors, Scale(scores, labels, priors, data.ClassWeights));
    }

    /// <summary>Reads what <see cref="Write"/> kept.</summary>
    /// <param name="arrays">Where.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="members">Densities a class.</param>
    /// <param name="read">Reads one density.</param>
    /// <exception cref="UndertoneException">An array is missing or of another shape.</exception>
    public static LikelihoodClassifier Read(ModelArrays arrays, int classes, int members, Func<ModelArrays, ILikelihood> read)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        ArgumentNullException.ThrowIfNull(read);
        var priors = arrays.Doubles("priors", classes);
        var densities = Enumerable.Range(0, members)
            .Select(m => priors.Select((p, c) => p > 0 ? read(arrays.Within(Name(m, c))) : null).ToArray())
            .ToArray();
        return new LikelihoodClassifier(densities, priors, arrays.Doubles("scale", 1)[0]);
    }

    /// <inheritdoc/>
    public long MultiplyAdds(int frames) => frames * _densities.Sum(m => m.Sum(d => d?.MultiplyAddsAFrame ?? 0));

    /// <inheritdoc/>
    public double[] Probabilities(FeatureMatrix features) => Posterior(Scores(_densities, features), _priors, _scale);

    /// <inheritdoc/>
    public void Write(ModelArrays arrays)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        arrays.Add("priors", _priors);
        arrays.Add("scale", new[] { _scale });
        for (var m = 0; m < _densities.Length; m++)
        {
            for (var c = 0; c < _priors.Length; c++)
            {
                _densities[m][c]?.Write(arrays.Within(Name(m, c)));
            }
        }
    }

    private static string Name(int member, int index) => string.Create(CultureInfo.InvariantCulture, $"{member}.{index}");

    private static ILikelihood?[][] Estimate(ClassifierData data, IReadOnlyList<int> rows, int members, Estimation estimation)
    {
        IReadOnlyList<IReadOnlyList<FeatureMatrix>> byClass =
            [.. Enumerable.Range(0, data.Classes).Select(c => rows.Where(i => data.Labels[i] == c).Select(i => data.Features[i]).ToList())];
        var densities = new ILikelihood?[members][];
        for (var m = 0; m < members; m++)
        {
            data.Cancellation.ThrowIfCancellationRequested();
            densities[m] = estimation(byClass, SeededRandom.From("densities", data.Seed, m));
        }

        return densities;
    }

    /// <summary>The mean log-likelihood a frame under each class, the mean over members; 0 where a class has no density.</summary>
    private static double[] Scores(ILikelihood?[][] densities, FeatureMatrix features) =>
        [.. Enumerable.Range(0, densities[0].Length).Select(c => densities.Average(d => d[c]?.MeanLogLikelihood(features) ?? 0))];

    private static double[] Posterior(double[] scores, double[] priors, double scale)
    {
        double[] shares = [.. scores.Select((s, c) => (scale * s) + Math.Log(priors[c]))];
        LogDomain.Normalise(shares);
        return shares;
    }

    /// <summary>The scale with the least log loss, which is convex in it, by bisection of the slope over the scale's logarithm.</summary>
    private static double Scale(List<double[]> scores, List<int> labels, double[] priors, IReadOnlyList<double> weights)
    {
        double low = Math.Log(LeastScale), high = Math.Log(GreatestScale);
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            var scale = Math.Exp(middle);
            var slope = scores.Select((s, n) =>
                weights[labels[n]] * (Posterior(s, priors, scale).Select((p, c) => p * s[c]).Sum() - s[labels[n]])).Sum();
            (low, high) = slope > 0 ? (low, middle) : (middle, high);
        }

        return Math.Exp(low);
    }
}
