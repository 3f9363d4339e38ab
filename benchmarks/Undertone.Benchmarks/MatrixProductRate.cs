using System.Diagnostics;
using System.Globalization;

namespace Undertone.Benchmarks;

/// <summary>
/// The speed of the machine at this moment, by which processor times of different machines compare: the rate of the product
/// of two 1024 × 1024 matrices of floats on one thread, as NumPy's BLAS has it; the best of several.
/// </summary>
internal static class MatrixProductRate
{
    /// <summary>The rate that limits of processor time are given for, in GFLOP/s.</summary>
    public const double Reference = 84;

    private const string Script =
        """
        import time, numpy
        a = numpy.ones((1024, 1024), numpy.float32)
        best = 1e9
        for _ in range(20):
            t = time.perf_counter(); a @ a; best = min(best, time.perf_counter() - t)
        print(2 * 1024 ** 3 / best / 1e9)
        """;

    /// <summary>Measures.</summary>
    /// <param name="python">A Python with NumPy; 'none' for not at all.</param>
    /// <returns>The rate in GFLOP/s; null where there is none.</returns>
    public static double? Measure(string python)
    {
        if (python == "none")
        {
            return null;
        }

        var start = new ProcessStartInfo(python) { ArgumentList = { "-c", Script }, RedirectStandardOutput = true };
        foreach (var variable in (string[])["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"])
        {
            start.Environment[variable] = "1";
        }

        try
        {
            using var process = Process.Start(start)!;
            var line = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return double.TryParse(line, CultureInfo.InvariantCulture, out var rate)
                ? rate
                : throw new UndertoneException($"{python} gave no rate of the matrix product; it needs NumPy. Name another by --python, or 'none'.");
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new UndertoneException($"{python} cannot be started ({error.Message}); name a Python with NumPy by --python, or 'none'.", error);
        }
    }
}
