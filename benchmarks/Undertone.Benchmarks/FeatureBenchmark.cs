using System.Diagnostics;
using System.Globalization;
using Undertone.Features;
using Undertone.Speech;

namespace Undertone.Benchmarks;

/// <summary>
/// Log-mel and MFCC of a whole corpus in memory, Undertone and torchaudio in turn, one thread each. The machine may be
/// busy with other things, so the best round of each side counts, and the median of the rounds' ratios is shown beside.
/// </summary>
internal static class FeatureBenchmark
{
    private const int WarmUps = 2;

    private static readonly (string Name, FeatureOptions Options)[] Tasks =
    [
        ("log-mel/torchaudio", LogMelOptions.Torchaudio),
        ("mfcc/torchaudio", MfccOptions.Torchaudio),
        ("log-mel/default", new LogMelOptions()),
        ("mfcc/default", new MfccOptions()),
    ];

    public static void Run(BenchmarkOptions options)
    {
        var waves = Waveforms(options, out var source);
        var seconds = waves.Sum(w => w.Seconds);
        Console.WriteLine(FormattableString.Invariant($"{waves.Count} waveforms, {seconds:F0} s of audio: {source}; {options.Rounds} rounds, one thread each"));
        using var peer = options.Python == "none" ? null : new FeaturePeer(options.Python, waves);
        Console.WriteLine("task                   Undertone   torchaudio   ratio of best   median ratio");
        foreach (var (name, settings) in Tasks)
        {
            var extractor = settings.CreateExtractor();
            var ours = new List<double>();
            var theirs = new List<double>();
            for (var round = -WarmUps; round < options.Rounds; round++)
            {
                var mine = Measure(extractor, waves);
                var other = peer?.Measure(name) ?? double.NaN;
                if (round >= 0)
                {
                    ours.Add(mine);
                    theirs.Add(other);
                }
            }

            var ratios = ours.Zip(theirs, (mine, other) => other / mine).Order().ToList();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name,-20} {seconds / ours.Min(),10:F0} x {seconds / theirs.Min(),10:F0} x {theirs.Min() / ours.Min(),15:F2} {ratios[ratios.Count / 2],14:F2}"));
        }

        Console.WriteLine("x: times real time. ratio: how many times torchaudio's speed Undertone has.");
    }

    private static double Measure(FeatureExtractor extractor, List<Waveform> waves)
    {
        GC.Collect();
        var clock = Stopwatch.StartNew();
        foreach (var wave in waves)
        {
            extractor.Extract(wave);
        }

        return clock.Elapsed.TotalSeconds;
    }

    private static List<Waveform> Waveforms(BenchmarkOptions options, out string source)
    {
        var folder = options.Corpora is null ? null : Path.Combine(options.Corpora, "emodb");
        if (Directory.Exists(folder))
        {
            source = "EMO-DB";
            return [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(AudioFile.HasAudioExtension).Order(StringComparer.Ordinal).Select(AudioFile.Read)];
        }

        // As many utterances as EMO-DB has and of the same lengths, 1.2 to 9 s with a mean near 2.8 s.
        source = "synthetic noise (EMO-DB is not there)";
        var random = new Random(1);
        return [.. Enumerable.Range(0, 535).Select(_ =>
        {
            var length = (int)(16000 * (1.2 + (7.8 * Math.Pow(random.NextDouble(), 4))));
            return new Waveform([.. Enumerable.Range(0, length).Select(_ => random.NextSingle() - 0.5f)], 16000);
        })];
    }
}
