using System.Diagnostics;
using System.Globalization;
using Undertone.Torch;

namespace Undertone.Cli.Doctor;

/// <summary>How fast the engine is, on one thread: a matrix product tells a slow BLAS at once.</summary>
internal static class SpeedExamination
{
    private const int Size = 1024;
    private const int Rounds = 10;
    private const int Calls = 20_000;

    // The reference BLAS reaches one to three on processors of the last ten years, OpenBLAS twenty and more.
    private const double Slow = 10;

    /// <summary>Measures; the best of ten rounds counts, since whatever else the machine does can only add to the time.</summary>
    public static IEnumerable<Finding> Findings()
    {
        Engine.Threads = 1;
        using var noGrad = Engine.NoGrad();
        yield return Product();
        yield return Call();
    }

    // Two 1024 × 1024 matrices of single precision.
    private static Finding Product()
    {
        using var scope = Engine.NewDisposeScope();
        var (a, b) = (Tensor.Rand(Size, Size), Tensor.Rand(Size, Size));
        var speed = 2.0 * Size * Size * Size / Best(() => a.MatMul(b).Dispose()) / 1e9;
        var found = string.Create(CultureInfo.InvariantCulture, $"{speed:0.0} GFLOP/s: matrix product of 1024 × 1024, one thread, best of {Rounds}");
        return speed >= Slow
            ? Finding.Ok("speed", found)
            : Finding.Warning("speed", found, "see the line on BLAS; if that is well, something else keeps this machine busy");
    }

    // What one call of an operator costs beside its arithmetic: eight numbers take no time to add.
    private static Finding Call()
    {
        using var scope = Engine.NewDisposeScope();
        var (a, b) = (Tensor.Rand(8), Tensor.Rand(8));
        var seconds = Best(() =>
        {
            for (var call = 0; call < Calls; call++)
            {
                (a + b).Dispose();
            }
        });
        return Finding.Ok("operator call", string.Create(CultureInfo.InvariantCulture, $"{seconds / Calls * 1e6:0.00} µs: sum of two tensors of 8, best of {Rounds} × {Calls}"));
    }

    private static double Best(Action action)
    {
        var best = double.MaxValue;
        action();
        for (var round = 0; round < Rounds; round++)
        {
            var begun = Stopwatch.GetTimestamp();
            action();
            best = Math.Min(best, Stopwatch.GetElapsedTime(begun).TotalSeconds);
        }

        return best;
    }
}
