using Undertone.Features;
using Undertone.Features.Functionals;
using Undertone.Speech;

namespace Undertone.Tests.Features;

/// <summary>The log-covariance set; the logarithm against values that Data/Features/make_log_covariance.py computed with SciPy.</summary>
public sealed class LogCovarianceTests
{
    [Fact]
    public void The_logarithm_is_scipys()
    {
        var frames = new FeatureMatrix(ReferenceData.Read("log-covariance-frames"), 40, 3);
        var expected = ReferenceData.Read("log-covariance");
        var values = new float[LogEuclideanCovariance.Count(9)];
        LogEuclideanCovariance.Of(frames, [0, 1, 4], 0.01, values);
        values.Length.ShouldBe(expected.Length);
        for (var i = 0; i < values.Length; i++)
        {
            values[i].ShouldBe(expected[i], 1e-5f);
        }
    }

    [Fact]
    public void Every_value_has_a_name_of_its_own()
    {
        var set = new LogCovarianceOptions().CreateExtractor();
        var names = set.Describe().Select(v => v.Name).ToList();
        names.Count.ShouldBe(set.Dimensions);
        names.Distinct().Count().ShouldBe(names.Count);
        names[0].ShouldBe("logcov6(mfcc[0]+0*mfcc[0]+0)");
        names[^1].ShouldBe("HNR_mean");
    }

    [Fact]
    public void A_louder_recording_has_other_means_and_the_same_covariance()
    {
        var set = new LogCovarianceOptions().CreateExtractor();
        var (quiet, loud) = (set.Extract(ReferenceData.Signal), set.Extract(Louder(ReferenceData.Signal, 2)));
        var covariances = set.Dimensions - 16;
        for (var i = 0; i < covariances; i++)
        {
            // Not quite the same: what is told from silence stays where it is.
            loud.Values[i].ShouldBe(quiet.Values[i], 0.1f);
        }

        loud.Values[covariances].ShouldBe(quiet.Values[covariances] + (float)(Math.Sqrt(32) * Math.Log(4)), 0.1f);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(320, 0.5)]
    [InlineData(16000, 0)]
    [InlineData(16000, 1)]
    public void Silence_constants_and_the_shortest_audio_have_finite_values(int samples, float level)
    {
        var features = new LogCovarianceOptions().CreateExtractor().Extract(new Waveform([.. Enumerable.Repeat(level, samples)], 16000));
        features.Values.ShouldAllBe(v => float.IsFinite(v));
    }

    [Fact]
    public void Impossible_settings_are_refused_by_name()
    {
        Should.Throw<UndertoneException>(() => new LogCovarianceOptions { Lags = [[3, 1]] }.CreateExtractor())
            .Message.ShouldBe("log-covariance: the setting 'lags' is 3, 1; expected lists of rising numbers of frames, each at least 1.");
        Should.Throw<UndertoneException>(() => new LogCovarianceOptions { Floor = 0 }.CreateExtractor()).Message.ShouldContain("'floor'");
    }

    private static Waveform Louder(Waveform waveform, float factor) => new([.. waveform.Samples.Select(s => s * factor)], waveform.SampleRate);
}
