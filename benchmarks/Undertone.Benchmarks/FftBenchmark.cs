using System.Diagnostics;
using System.Globalization;
using MathNet.Numerics.IntegralTransforms;
using Undertone.Features;

namespace Undertone.Benchmarks;

/// <summary>What a transform of one's own gains: microseconds a frame, one frame at a time.</summary>
internal static class FftBenchmark
{
    public static void Run()
    {
        Console.WriteLine("length   Undertone, one frame   MathNet   ratio");
        foreach (var length in (int[])[400, 512, 1024, 2048])
        {
            var random = new Random(length);
            var values = Enumerable.Range(0, length).Select(_ => random.NextSingle()).ToArray();
            var fft = new RealFft(length);
            var (real, imaginary) = (new float[fft.Bins], new float[fft.Bins]);
            var packed = new float[length + 2];
            var ours = Best(() => fft.Forward(values, real, imaginary));
            var theirs = Best(() =>
            {
                values.CopyTo(packed, 0);
                Fourier.ForwardReal(packed, length, FourierOptions.NoScaling);
            });
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{length,6} {ours,19:F2} µs {theirs,6:F2} µs {theirs / ours,7:F1}"));
        }
    }

    /// <summary>The best of several runs, in microseconds a call.</summary>
    private static double Best(Action action)
    {
        const int Calls = 2000;
        var best = double.MaxValue;
        for (var run = 0; run < 30; run++)
        {
            var clock = Stopwatch.StartNew();
            for (var i = 0; i < Calls; i++)
            {
                action();
            }

            best = Math.Min(best, clock.Elapsed.TotalMicroseconds / Calls);
        }

        return best;
    }
}
