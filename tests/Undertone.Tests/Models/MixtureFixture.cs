using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Undertone.Features;
using Undertone.Models.Mixtures;

namespace Undertone.Tests.Models;

/// <summary>What the tests of mixtures and hidden Markov models share: expected values, and awkward data.</summary>
internal static class MixtureFixture
{
    private static readonly Lazy<JsonElement> File = new(() =>
        JsonDocument.Parse(System.IO.File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Data", "Models", "mixtures.json"))).RootElement);

    /// <summary>A part of what <c>Data/Models/mixtures.py</c> wrote.</summary>
    public static JsonElement Expected(string part) => File.Value.GetProperty(part);

    public static double[] Numbers(this JsonElement json) => json.Deserialize<double[]>()!;

    public static double[][] Rows(this JsonElement json) => json.Deserialize<double[][]>()!;

    public static FeatureMatrix Frames(this JsonElement json) => Frames(json.Rows());

    public static FeatureMatrix Frames(double[][] rows) =>
        new([.. rows.SelectMany(r => r.Select(v => (float)v))], rows.Length, rows[0].Length);

    public static FeatureMatrix Noise(SeededRandom random, int frames, int dimensions, double mean = 0, double spread = 1) =>
        new([.. Enumerable.Range(0, frames * dimensions).Select(_ => (float)(mean + (spread * random.NextGaussian())))], frames, dimensions);

    /// <summary>
    /// Data of every unpleasant kind, by seed: few frames, repeated frames, dimensions that do not vary, far outliers, means
    /// large beside the spread, clusters of unequal size.
    /// </summary>
    public static List<FeatureMatrix> Awkward(int seed)
    {
        var random = SeededRandom.From("awkward", seed);
        var dimensions = 1 + random.NextInt(6);
        var offset = random.NextInt(3) == 0 ? 1e4 : 0;
        var sequences = new List<FeatureMatrix>();
        for (var s = 1 + random.NextInt(5); s > 0; s--)
        {
            var sequence = Noise(random, 1 + random.NextInt(40), dimensions, offset + random.NextInt(5), Math.Pow(10, random.NextInt(4) - 2));
            for (var f = 1; f < sequence.Frames; f++)
            {
                switch (random.NextInt(8))
                {
                    case 0:
                        sequence[f - 1].CopyTo(sequence[f]);
                        break;
                    case 1 when seed % 3 == 0:
                        sequence[f][0] = 1e5f;
                        break;
                }

                if (seed % 2 == 0)
                {
                    sequence[f][dimensions - 1] = sequence[0][dimensions - 1];
                }
            }

            sequences.Add(sequence);
        }

        return sequences;
    }

    public static void ForAnySeed(int tests, Func<int, bool> holds) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(tests), Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), holds));

    /// <summary>Whether a history never falls by more than rounding does.</summary>
    public static bool NeverFalls(IReadOnlyList<double> history) =>
        history.All(double.IsFinite) && history.Zip(history.Skip(1)).All(h => h.Second >= h.First - (1e-9 * (1 + Math.Abs(h.First))));

    public static void ShouldBeClose(IReadOnlyList<IReadOnlyList<double>> actual, double[][] expected, double tolerance)
    {
        actual.Count.ShouldBe(expected.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            ShouldBeClose(actual[i], expected[i], tolerance);
        }
    }

    public static void ShouldBeClose(IReadOnlyList<double> actual, double[] expected, double tolerance)
    {
        actual.Count.ShouldBe(expected.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            actual[i].ShouldBe(expected[i], tolerance);
        }
    }

    public static bool IsSound(this GaussianMixture mixture) =>
        Math.Abs(mixture.Weights.Sum() - 1) < 1e-9 && mixture.Weights.All(w => w >= 0)
        && mixture.Means.All(m => m.All(double.IsFinite)) && mixture.Variances.All(v => v.All(x => x > 0 && double.IsFinite(x)));
}
