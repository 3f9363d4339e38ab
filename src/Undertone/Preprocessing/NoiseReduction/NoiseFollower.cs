using Undertone.Speech;

namespace Undertone.Preprocessing.NoiseReduction;

/// <summary>The signal-to-noise ratios of one frame after another.</summary>
internal sealed class NoiseFollower
{
    private const double DecisionDirected = 0.98;
    private const double LeastPrior = 0.0031622776601683794;
    private const double GreatestPosterior = 10000;

    private readonly MinimumStatistics _statistics;
    private readonly double[] _power;
    private readonly double[] _posterior;
    private readonly double[] _clean;

    private NoiseFollower(int bins)
    {
        _statistics = new MinimumStatistics(bins);
        _power = new double[bins];
        _posterior = new double[bins];
        _clean = [.. Enumerable.Repeat(1.0, bins)];
    }

    /// <summary>A follower that has heard the noise of a recording's first 1.5 s: all of a recording is there from the start.</summary>
    public static NoiseFollower Ahead(ShortTimeFourier transform, float[] samples)
    {
        var follower = new NoiseFollower(transform.Bins);
        transform.Analyse(samples[..Math.Min(samples.Length, MinimumStatistics.Window * transform.Hop)], (_, real, imaginary) =>
        {
            follower.Measure(real, imaginary);
            follower._statistics.Hear(follower._power);
        });
        return follower;
    }

    /// <summary>Hears the next frame.</summary>
    public void Hear(ReadOnlySpan<float> real, ReadOnlySpan<float> imaginary)
    {
        Measure(real, imaginary);
        _statistics.Hear(_power);
        var noise = _statistics.Noise;
        for (var k = 0; k < _power.Length; k++)
        {
            _posterior[k] = Math.Min(_power[k] / noise[k], GreatestPosterior);
        }
    }

    /// <summary>γ: the frame's power over the noise's.</summary>
    public double Posterior(int k) => _posterior[k];

    /// <summary>ξ: the clean power over the noise's, from the last frame's estimate and this frame's surplus.</summary>
    public double Prior(int k) =>
        Math.Max(LeastPrior, (DecisionDirected * _clean[k]) + ((1 - DecisionDirected) * Math.Max(_posterior[k] - 1, 0)));

    /// <summary>Is told the gain that was applied.</summary>
    public void Estimated(int k, double gain) => _clean[k] = gain * gain * _posterior[k];

    private void Measure(ReadOnlySpan<float> real, ReadOnlySpan<float> imaginary)
    {
        for (var k = 0; k < _power.Length; k++)
        {
            _power[k] = ((double)real[k] * real[k]) + ((double)imaginary[k] * imaginary[k]);
        }
    }
}
