using System.Diagnostics;
using System.Globalization;
using Undertone.Features;
using Undertone.Features.Tables;
using Undertone.Speech;

namespace Undertone.Benchmarks;

/// <summary>
/// What <c>undertone features extract</c> does, files to table, with one thread and with two, in turn. The machine may be
/// busy with other things, so the median of the rounds' speed-ups stands beside what a loop without any memory gains from a
/// second thread in the same round; the processor time shows what each cost all the same.
/// </summary>
internal static class ExtractionBenchmark
{
    private static readonly string[] Sets = ["mfcc-functionals", "timbre", "modulation-spectrum", "prosody", "egemaps", "compare-2016"];

    public static void Run(BenchmarkOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("undertone-extraction-").FullName;
        try
        {
            List<FeatureSource> sources = [.. Files(options, folder).Select(FeatureSource.File)];
            Console.WriteLine($"{sources.Count} files; {options.Rounds} rounds");
            if (MatrixProductRate.Measure(options.Python) is { } rate)
            {
                Console.WriteLine(FormattableString.Invariant(
                    $"matrix product on one thread: {rate:F0} GFLOP/s; processor times below, times {rate / MatrixProductRate.Reference:F2}, are those of a machine with {MatrixProductRate.Reference}"));
            }

            Console.WriteLine("set                    one thread   two threads   speed-up   a bare loop's   processor time, one and two threads");
            foreach (var set in Sets.Where(FeatureSetCatalog.Default.Names.Append("mfcc-functionals").Contains))
            {
                var extractor = FeatureSetCatalog.Default.Get(set).Options.CreateExtractor();
                var bare = new List<double>();
                var (one, two) = (new List<(double Wall, double Processor)>(), new List<(double Wall, double Processor)>());
                for (var round = -1; round < options.Rounds; round++)
                {
                    var loop = Loop(1) / Loop(2);
                    foreach (var (workers, times) in new[] { (1, one), (2, two) })
                    {
                        var time = Measure(extractor, sources, workers, Path.Combine(folder, "table.csv"));
                        if (round >= 0)
                        {
                            times.Add(time);
                        }
                    }

                    if (round >= 0)
                    {
                        bare.Add(loop);
                    }
                }

                var gains = one.Zip(two, (a, b) => a.Wall / b.Wall);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{set,-20} {one.Min(t => t.Wall),10:F2} s {two.Min(t => t.Wall),11:F2} s {Median(gains),10:F2} {Median(bare),15:F2} {one.Min(t => t.Processor),12:F2} s {two.Min(t => t.Processor),8:F2} s"));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (double Wall, double Processor) Measure(FeatureExtractor extractor, List<FeatureSource> sources, int workers, string path)
    {
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        new FeatureTableExtraction { Extractor = extractor, Sources = sources, Workers = workers }.WriteTo(path);
        process.Refresh();
        return (clock.Elapsed.TotalSeconds, (process.TotalProcessorTime - before).TotalSeconds);
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(values.Count() / 2);

    /// <summary>The seconds that a fixed number of multiplications takes, shared by so many threads.</summary>
    private static double Loop(int threads)
    {
        const int Pieces = 64;
        var clock = Stopwatch.StartNew();
        Parallel.For(0, Pieces, new ParallelOptions { MaxDegreeOfParallelism = threads }, piece =>
        {
            var value = 1.0 + piece;
            for (var i = 0; i < 2_000_000; i++)
            {
                value = (value * 0.999999) + 1e-6;
            }

            GC.KeepAlive(value);
        });
        return clock.Elapsed.TotalSeconds;
    }

    private static IReadOnlyList<string> Files(BenchmarkOptions options, string folder)
    {
        var corpus = options.Corpora is null ? null : Path.Combine(options.Corpora, "emodb");
        if (Directory.Exists(corpus))
        {
            return [.. Directory.GetFiles(corpus, "*", SearchOption.AllDirectories).Where(AudioFile.HasAudioExtension).Order(StringComparer.Ordinal)];
        }

        var random = new Random(1);
        var files = new List<string>();
        for (var i = 0; i < 535; i++)
        {
            files.Add(Path.Combine(folder, $"{i}.wav"));
            var length = (int)(16000 * (1.2 + (7.8 * Math.Pow(random.NextDouble(), 4))));
            WaveFile.Write(files[^1], new Waveform([.. Enumerable.Range(0, length).Select(n => (float)((0.3 * Math.Sin(n * 0.05)) + (0.1 * (random.NextDouble() - 0.5))))], 16000));
        }

        return files;
    }
}
