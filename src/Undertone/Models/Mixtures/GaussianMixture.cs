using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Undertone.Features;
using Undertone.Models.Networks;

namespace Undertone.Models.Mixtures;

/// <summary>
/// A mixture of Gaussians with diagonal covariance: p(x) = Σ wₖ N(x; μₖ, σₖ²), estimated by expectation maximisation
/// (Dempster, Laird &amp; Rubin 1977, doi:10.1111/j.2517-6161.1977.tb01600.x) or adapted from a universal background model
/// (Reynolds, Quatieri &amp; Dunn 2000, doi:10.1006/dspr.1999.0361). Immutable; may be used by several threads at once.
/// </summary>
public sealed class GaussianMixture : ILikelihood
{
    // Under this many frames a component is left without weight: the likelihood falls by no more.
    private const double NothingBelow = 1e-10;

    // Under this many frames a component is worth a new start.
    private const double EmptyBelow = 1e-2;

    private readonly double[] _weights;
    private readonly double[] _logWeights;
    private readonly double[][] _means;
    private readonly double[][] _variances;

    /// <summary>Makes a mixture of known parameters.</summary>
    /// <param name="weights">K weights, not negative, with the sum 1.</param>
    /// <param name="means">K × D.</param>
    /// <param name="variances">K × D, each above 0.</param>
    /// <exception cref="UndertoneException">The shapes do not fit, or a value is impossible.</exception>
    public GaussianMixture(IReadOnlyList<double> weights, IReadOnlyList<IReadOnlyList<double>> means, IReadOnlyList<IReadOnlyList<double>> variances)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(means);
        ArgumentNullException.ThrowIfNull(variances);
        if (weights.Count == 0 || means.Count != weights.Count || variances.Count != weights.Count
            || means.Concat(variances).Any(m => m.Count != means[0].Count || m.Count == 0))
        {
            throw new UndertoneException($"a mixture needs as many means and variances as weights, all of one length; found {weights.Count} weights, {means.Count} means and {variances.Count} variances.");
        }

        if (!weights.All(w => w is >= 0 and <= 1 + 1e-9) || Math.Abs(weights.Sum() - 1) > 1e-6
            || !means.All(m => m.All(double.IsFinite)) || !variances.All(m => m.All(v => v > 0 && double.IsFinite(v))))
        {
            throw new UndertoneException("a mixture's weights must be in [0, 1] with the sum 1, its means finite and its variances above 0.");
        }

        _weights = [.. weights];
        _logWeights = Array.ConvertAll(_weights, Math.Log);
        _means = [.. means.Select(m => m.ToArray())];
        _variances = [.. variances.Select(v => v.ToArray())];
        Gaussians = new DiagonalGaussians(_means, _variances);
    }

    /// <summary>The weights, K; a component that explains nothing has 0.</summary>
    public IReadOnlyList<double> Weights => _weights;

    /// <summary>The means, K × D.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Means => _means;

    /// <summary>The variances, K × D.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Variances => _variances;

    /// <summary>The number of components, K.</summary>
    public int Components => _weights.Length;

    /// <summary>The number of dimensions, D.</summary>
    public int Dimensions => _means[0].Length;

    /// <summary>K weights, K × D means and K × D variances.</summary>
    public long Parameters => Components * (1L + (2 * Dimensions));

    /// <summary>Two for each value under each component: the squared difference, and its share of the exponent.</summary>
    public long MultiplyAddsAFrame => 2L * Components * Dimensions;

    /// <summary>The components without their weights.</summary>
    internal DiagonalGaussians Gaussians { get; }

    /// <summary>Estimates a mixture: k-means++ and a few of Lloyd's iterations for a start, then expectation maximisation.</summary>
    /// <param name="sequences">Frames to learn from, at least one.</param>
    /// <param name="options">How many components and how long.</param>
    /// <param name="random">Chooses the start.</param>
    /// <returns>The mixture, and how the likelihood rose.</returns>
    /// <exception cref="UndertoneException">There are no frames, their dimensions differ or a value is not finite.</exception>
    public static FittedMixture Fit(IReadOnlyList<FeatureMatrix> sequences, GaussianMixtureOptions options, SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(random);
        var frames = PackedFrames.From(sequences);
        return Fit(frames, frames.VarianceFloor(options.VarianceFloor), options, random);
    }

    /// <summary>Estimates a mixture whose variances have a given floor.</summary>
    internal static FittedMixture Fit(PackedFrames frames, double[] floor, GaussianMixtureOptions options, SeededRandom random)
    {
        var (assignments, clusters) = KMeans.Cluster(frames, Math.Min(options.Components, frames.Count), options.StartIterations, random);
        var centre = frames.Mean()[..frames.Dimensions];
        var gaussians = new DiagonalGaussians([.. Enumerable.Repeat(centre, clusters)], [.. Enumerable.Repeat(floor, clusters)]);
        var statistics = new GaussianStatistics(gaussians);
        for (var f = 0; f < frames.Count; f++)
        {
            statistics.Add(assignments[f], 1, frames[f]);
        }

        var start = new GaussianMixture([.. statistics.Occupancy.Select(n => n / frames.Count)], statistics, floor);
        return start.Maximise(frames, options, floor);
    }

    /// <summary>
    /// Continues expectation maximisation from this mixture. Where its variances are at least the floor, no iteration
    /// lowers the likelihood of the frames.
    /// </summary>
    /// <param name="sequences">Frames to learn from, at least one.</param>
    /// <param name="options">How long; the number of components is this mixture's.</param>
    /// <returns>The mixture, and how the likelihood rose.</returns>
    /// <exception cref="UndertoneException">There are no frames, their dimensions differ or a value is not finite.</exception>
    public FittedMixture Improve(IReadOnlyList<FeatureMatrix> sequences, GaussianMixtureOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var frames = PackedFrames.From(sequences, Dimensions);
        return Maximise(frames, options, frames.VarianceFloor(options.VarianceFloor));
    }

    /// <summary>
    /// Adapts this mixture, a universal background model, to a class by maximum a posteriori: a component that explains n of
    /// the class's frames moves by n / (n + r) of the way to them, so that one which the class says little of stays.
    /// </summary>
    /// <param name="sequences">The class's frames, at least one.</param>
    /// <param name="options">The relevance factor r, and what is adapted.</param>
    /// <returns>The class's mixture, its components in this one's order.</returns>
    /// <exception cref="UndertoneException">There are no frames, their dimensions differ or a value is not finite.</exception>
    public GaussianMixture Adapt(IReadOnlyList<FeatureMatrix> sequences, MapAdaptationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var frames = PackedFrames.From(sequences, Dimensions);
        var (statistics, _) = Expect(frames);
        var none = new double[Dimensions];
        var (weights, means, variances) = (new double[Components], new double[Components][], new double[Components][]);
        for (var k = 0; k < Components; k++)
        {
            var occupancy = statistics.Occupancy[k];
            var share = occupancy / (occupancy + options.Relevance);
            weights[k] = options.Weights ? (share * occupancy / frames.Count) + ((1 - share) * _weights[k]) : _weights[k];
            (means[k], variances[k]) = (_means[k], _variances[k]);
            if (share <= 0)
            {
                continue;
            }

            var (mean, variance) = statistics.Moments(k, none);
            if (options.Means)
            {
                means[k] = [.. mean.Select((m, d) => (share * m) + ((1 - share) * _means[k][d]))];
            }

            if (options.Variances)
            {
                // Second moments are what is averaged; the background's variance is the floor's stand-in at small counts.
                variances[k] = [.. variance.Select((v, d) => Math.Max(
                    (share * (v + Square(mean[d] - means[k][d]))) + ((1 - share) * (_variances[k][d] + Square(_means[k][d] - means[k][d]))),
                    options.VarianceFloor * _variances[k][d]))];
            }
        }

        var sum = weights.Sum();
        return new GaussianMixture(Array.ConvertAll(weights, w => w / sum), means, variances);
    }

    /// <summary>The logarithm of a frame's density.</summary>
    /// <param name="frame">D values.</param>
    public double LogLikelihood(ReadOnlySpan<float> frame) => MeanLogLikelihood(new FeatureMatrix(frame.ToArray(), 1, frame.Length));

    /// <summary>The mean over a sequence's frames of the logarithm of their density: a score that does not grow with the length.</summary>
    /// <param name="sequence">At least one frame.</param>
    /// <exception cref="UndertoneException">There is no frame, the dimensions differ or a value is not finite.</exception>
    public double MeanLogLikelihood(FeatureMatrix sequence) => MeanLogLikelihood(PackedFrames.From([sequence], Dimensions));

    /// <summary>Reads what <see cref="Write"/> kept.</summary>
    /// <param name="arrays">Where.</param>
    /// <exception cref="UndertoneException">An array is missing or of another shape.</exception>
    public static GaussianMixture Read(ModelArrays arrays)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        var weights = arrays.Doubles("weights");
        double[][] Rows(string name)
        {
            var values = arrays.Doubles(name, weights.Length, -1);
            return [.. values.Chunk(values.Length / weights.Length)];
        }

        return new GaussianMixture(weights, Rows("means"), Rows("variances"));
    }

    /// <inheritdoc/>
    public void Write(ModelArrays arrays)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        arrays.Add("weights", _weights);
        arrays.Add("means", _means.SelectMany(m => m).ToArray(), Components, Dimensions);
        arrays.Add("variances", _variances.SelectMany(v => v).ToArray(), Components, Dimensions);
    }

    /// <summary>The mean over frames of the logarithm of their density.</summary>
    /// <param name="frames">At least one frame, of the mixture's dimensions.</param>
    internal double MeanLogLikelihood(PackedFrames frames)
    {
        Span<double> logs = new double[Components];
        var sum = 0.0;
        for (var f = 0; f < frames.Count; f++)
        {
            Joint(frames[f], logs);
            sum += LogDomain.Sum(logs);
        }

        return sum / frames.Count;
    }

    /// <summary>The logarithms of each component's weight times its density.</summary>
    /// <param name="frame">The frame, padded.</param>
    /// <param name="target">K values.</param>
    internal void Joint(ReadOnlySpan<Vector256<double>> frame, Span<double> target)
    {
        Gaussians.LogDensities(frame, target);
        for (var k = 0; k < target.Length; k++)
        {
            target[k] += _logWeights[k];
        }
    }

    /// <summary>The mixture that statistics make most likely; a component without frames keeps its Gaussian and has no weight.</summary>
    /// <param name="statistics">Statistics of this mixture's components.</param>
    /// <param name="floor">The least variance of each dimension.</param>
    internal GaussianMixture Maximised(GaussianStatistics statistics, IReadOnlyList<double> floor)
    {
        var occupied = statistics.Occupancy.Where(n => n >= NothingBelow).Sum();
        return occupied <= 0 ? this : new GaussianMixture(
            [.. statistics.Occupancy.Select(n => n >= NothingBelow ? n / occupied : 0)], statistics, floor, this);
    }

    private GaussianMixture(double[] weights, GaussianStatistics statistics, IReadOnlyList<double> floor, GaussianMixture? before = null)
    {
        _weights = weights;
        _logWeights = Array.ConvertAll(weights, Math.Log);
        var moments = weights.Select((w, k) => w > 0 || before is null ? statistics.Moments(k, floor) : (before._means[k], before._variances[k])).ToList();
        _means = [.. moments.Select(m => m.Item1)];
        _variances = [.. moments.Select(m => m.Item2)];
        Gaussians = new DiagonalGaussians(_means, _variances);
    }

    private static double Square(double value) => value * value;

    private FittedMixture Maximise(PackedFrames frames, GaussianMixtureOptions options, double[] floor)
    {
        var mixture = this;
        var (statistics, perFrame) = mixture.Expect(frames);
        var history = new List<double> { perFrame.Average() };
        var revivals = Components;
        for (var i = 0; i < options.Iterations; i++)
        {
            mixture = mixture.Maximised(statistics, floor);
            (statistics, perFrame) = mixture.Expect(frames);
            var empty = Array.FindIndex(mixture._weights, w => w * frames.Count < EmptyBelow);
            if (revivals > 0 && empty >= 0)
            {
                // A component is given the frame that is explained worst, and kept where all frames together gain by it.
                revivals--;
                var revived = mixture.Revived(empty, frames, perFrame, floor);
                var (theirs, likelihoods) = revived.Expect(frames);
                if (likelihoods.Average() > perFrame.Average())
                {
                    (mixture, statistics, perFrame) = (revived, theirs, likelihoods);
                }
                else
                {
                    revivals = 0;
                }
            }

            history.Add(perFrame.Average());
            if (history[^1] - history[^2] < options.Tolerance)
            {
                break;
            }
        }

        return new FittedMixture(mixture, history);
    }

    /// <summary>Puts a component onto the frame that is explained worst, with the weight of one frame.</summary>
    private GaussianMixture Revived(int component, PackedFrames frames, double[] perFrame, double[] floor)
    {
        var worst = Array.IndexOf(perFrame, perFrame.Min());
        var weight = 1.0 / (frames.Count + 1);
        var others = 1 - _weights[component];
        var (weights, means, variances) = (Array.ConvertAll(_weights, w => w * (1 - weight) / others), _means.ToArray(), _variances.ToArray());
        var frame = MemoryMarshal.Cast<Vector256<double>, double>(frames[worst]);
        weights[component] = weight;
        means[component] = frame[..Dimensions].ToArray();
        var heaviest = Array.IndexOf(_weights, _weights.Max());
        variances[component] = [.. _variances[heaviest].Select((v, d) => Math.Max(v, floor[d]))];
        return new GaussianMixture(weights, means, variances);
    }

    private (GaussianStatistics Statistics, double[] PerFrame) Expect(PackedFrames frames)
    {
        var statistics = new GaussianStatistics(Gaussians);
        var perFrame = new double[frames.Count];
        Span<double> shares = new double[Components];
        for (var f = 0; f < perFrame.Length; f++)
        {
            var frame = frames[f];
            Joint(frame, shares);
            perFrame[f] = LogDomain.Normalise(shares);
            for (var k = 0; k < shares.Length; k++)
            {
                if (shares[k] > 0)
                {
                    statistics.Add(k, shares[k], frame);
                }
            }
        }

        return (statistics, perFrame);
    }
}

/// <summary>An estimated mixture.</summary>
/// <param name="Mixture">The mixture.</param>
/// <param name="LogLikelihoods">The mean log-likelihood a frame, of the start and after each iteration.</param>
public sealed record FittedMixture(GaussianMixture Mixture, IReadOnlyList<double> LogLikelihoods);
