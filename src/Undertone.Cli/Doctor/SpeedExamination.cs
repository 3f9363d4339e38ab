using System.Diagnostics;
using System.Globalization;
using Undertone.Torch;

namespace Undertone.Cli.Doctor;

/// <summary>How fast the engine multiplies matrices: tells a slow BLAS at once.</summary>
internal static class SpeedExamination
{
    private const int Size = 1024;
    private const int Rounds = 10;

    // The reference BLAS reaches one to three on processors of the last ten years, OpenBLAS twenty and more.
    private const double Slow = 10;

    /// <summary>Multiplies two 1024 × 1024 matrices of single precision on one thread; the best of ten rounds counts.</summary>
    public static Finding Measure()
    {
        Engine.Threads = 1;
        using var scope = Engine.NewDisposeScope();
        using var noGrad = Engine.NoGrad();
        var (a, b) = (Tensor.Rand(Size, Size), Tensor.Rand(Size, Size));
        a.MatMul(b).Dispose();
        var best = double.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var begun = Stopwatch.GetTimestamp();
            a.MatMul(b).Dispose();
            best = Math.Min(best, Stopwatch.GetElapsedTime(begun).TotalSeconds);
        }

        var speed = 2.0 * Size * Size * Size / best / 1e9;
        var found = string.Create(CultureInfo.InvariantCulture, $"{speed:0.0} GFLOP/s (1024 × 1024 matrix product, one thread, best of {Rounds})");
        return speed >= Slow
            ? Finding.Ok("speed", found)
            : Finding.Warning("speed", found, "see the line on BLAS; if that is well, something else keeps this machine busy");
    }
}
