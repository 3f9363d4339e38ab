using Undertone.Features;

namespace Undertone.Tests.Features;

public sealed class FeatureMatrixTests
{
    [Fact]
    public void Deltas_of_a_straight_line_are_its_slope()
    {
        var line = new FeatureMatrix([.. Enumerable.Range(0, 12).Select(f => 3f * f)], 12, 1);

        var regression = Deltas.Append(line, 2);
        for (var f = 2; f < 10; f++)
        {
            regression[f][1].ShouldBe(3f, 1e-5f);
        }

        var golay = Deltas.Append(line, 2, DeltaMethod.SavitzkyGolay, 9);
        for (var f = 0; f < 12; f++)
        {
            golay[f][1].ShouldBe(3f, 1e-5f);
            golay[f][2].ShouldBe(0f, 1e-5f);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Deltas_of_few_frames_are_finite(int frames)
    {
        var features = new FeatureMatrix([.. Enumerable.Range(0, frames * 9).Select(i => (float)i)], frames, 9);
        foreach (var method in Enum.GetValues<DeltaMethod>())
        {
            Deltas.Append(features, 2, method, 9).Values.ShouldAllBe(v => float.IsFinite(v));
        }

        Should.Throw<ArgumentOutOfRangeException>(() => Deltas.Append(features, 3));
        Should.Throw<ArgumentOutOfRangeException>(() => Deltas.Append(features, 1, width: 4));
    }

    [Fact]
    public void A_scaler_has_mean_and_deviation_of_all_frames_together()
    {
        // Values 1, 3, 5 and 7: mean 4, variance (9 + 1 + 1 + 9) / 4 = 5. The second dimension does not vary.
        var scaler = FeatureScaler.Fit([new FeatureMatrix([1, 0.1f, 3, 0.1f, 5, 0.1f], 3, 2), new FeatureMatrix([7, 0.1f], 1, 2)]);

        scaler.Mean[0].ShouldBe(4, 1e-12);
        scaler.StandardDeviation[0].ShouldBe(Math.Sqrt(5), 1e-12);
        var scaled = scaler.Apply(new FeatureMatrix([1, 0.1f, 4, 0.6f], 2, 2));
        scaled.Values[0].ShouldBe(-3 / MathF.Sqrt(5), 1e-6f);
        scaled.Values[1].ShouldBe(0f, 1e-6f);
        scaled.Values[2].ShouldBe(0f);
        scaled.Values[3].ShouldBe(0.5f, 1e-6f);
    }

    [Fact]
    public void Statistics_gathered_apart_join()
    {
        var random = new Random(5);
        var matrices = Enumerable.Range(1, 6).Select(n => new FeatureMatrix([.. Enumerable.Range(0, n * 3).Select(_ => 1000 + random.NextSingle())], n, 3)).ToList();
        var (left, right) = (new FeatureStatistics(), new FeatureStatistics());
        matrices.Take(2).ToList().ForEach(left.Add);
        matrices.Skip(2).ToList().ForEach(right.Add);
        left.Add(right);
        left.Add(new FeatureStatistics());

        var all = FeatureScaler.Fit(matrices);
        left.Frames.ShouldBe(21);
        for (var d = 0; d < 3; d++)
        {
            left.ToScaler().StandardDeviation[d].ShouldBe(all.StandardDeviation[d], 1e-9);
        }

        Should.Throw<ArgumentException>(() => left.Add(new FeatureMatrix([1], 1, 1)));
        Should.Throw<InvalidOperationException>(() => new FeatureStatistics().ToScaler());
    }

    [Fact]
    public void A_scaler_survives_json()
    {
        var scaler = new FeatureScaler([1 / 3.0, -2e-300], [Math.PI, 0]);
        var copy = FeatureScaler.FromJson(scaler.ToJson());
        copy.Mean.ShouldBe(scaler.Mean);
        copy.StandardDeviation.ShouldBe(scaler.StandardDeviation);
        foreach (var damaged in (string[])["", "null", "{", "[]", "{\"Mean\":[1],\"StandardDeviation\":[]}", "{\"Mean\":[1],\"StandardDeviation\":[-1]}", "{}"])
        {
            Should.Throw<UndertoneException>(() => FeatureScaler.FromJson(damaged));
        }
    }

    [Fact]
    public void An_utterance_is_normalised_by_itself()
    {
        var features = new FeatureMatrix([1, 5, 3, 5], 2, 2);
        UtteranceNormalisation.Apply(features).Values.ShouldBe([-1f, 0, 1, 0]);
        UtteranceNormalisation.Apply(new FeatureMatrix([1, 5, 5, 5], 2, 2), variance: true).Values.ShouldBe([-1f, 0, 1, 0]);
        features.Values.ShouldBe([1f, 5, 3, 5]);
    }
}
