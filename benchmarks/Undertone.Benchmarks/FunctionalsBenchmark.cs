using System.Diagnostics;
using System.Globalization;
using Undertone.Features;
using Undertone.Speech;

namespace Undertone.Benchmarks;

/// <summary>
/// The processor time that <c>egemaps</c> takes for EMO-DB in memory, on one thread, beside the machine's rate of a matrix
/// product, so that figures of two machines can be compared. The best round counts.
/// </summary>
internal static class FunctionalsBenchmark
{
    // What may be spent on a machine of the reference rate.
    private const double TargetSeconds = 2.9;

    public static void Run(BenchmarkOptions options)
    {
        var folder = options.Corpora is null ? null : Path.Combine(options.Corpora, "emodb");
        if (!Directory.Exists(folder))
        {
            throw new UndertoneException("The benchmark 'egemaps' needs EMO-DB; name the folder that holds 'emodb' by --corpora or UNDERTONE_CORPORA.");
        }

        List<Waveform> waves = [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(AudioFile.HasAudioExtension).Order(StringComparer.Ordinal).Select(AudioFile.Read)];
        var extractor = new EGeMapsOptions().CreateExtractor();
        var seconds = double.MaxValue;
        for (var round = -1; round < options.Rounds; round++)
        {
            var time = ProcessorTime(() => waves.ForEach(w => extractor.Extract(w)));
            seconds = round < 0 ? seconds : Math.Min(seconds, time);
        }

        var audio = waves.Sum(w => w.Seconds);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"egemaps: {waves.Count} utterances, {audio:F0} s of audio, in {seconds:F2} s of processor time ({audio / seconds:F0} times real time), best of {options.Rounds}"));
        if (MatrixProductRate.Measure(options.Python) is { } rate)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"matrix product on one thread: {rate:F1} GFLOP/s; at {MatrixProductRate.Reference} GFLOP/s this is {seconds * rate / MatrixProductRate.Reference:F2} s, to be under {TargetSeconds} s"));
        }
    }

    private static double ProcessorTime(Action action)
    {
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        action();
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalSeconds;
    }
}
