using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Undertone.Features;
using Undertone.Features.Tables;
using Undertone.Speech;

namespace Undertone.Benchmarks;

/// <summary>
/// What <c>undertone features extract</c> of one file takes in processor time and in memory, for a minute, ten and an hour
/// of speech: each in a process of its own, whose greatest resident size the system reports. What the hour costs beyond
/// the ten minutes, over fifty, is the price of a minute without start and compilation.
/// </summary>
internal static class MemoryBenchmark
{
    private static readonly int[] Minutes = [1, 10, 60];
    private static readonly string[] Sets = ["egemaps", "compare-2016"];

    public static void Run(BenchmarkOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("undertone-memory-").FullName;
        try
        {
            Console.WriteLine($"best of {options.Rounds} rounds; 'nothing' is the process with the same libraries before it reads audio");
            Console.WriteLine("set              minutes   processor time   peak memory   time of a further minute");
            foreach (var minutes in Minutes)
            {
                WaveFile.Write(Path.Combine(folder, Name(minutes)), Speech(options, minutes));
            }

            foreach (var set in Sets)
            {
                var (secondsBefore, minutesBefore) = (0.0, 0);
                foreach (var minutes in (int[])[0, .. Minutes])
                {
                    var (seconds, megabytes) = Best(options, folder, set, minutes);
                    var further = minutesBefore == 0 ? "" : FormattableString.Invariant($"{(seconds - secondsBefore) / (minutes - minutesBefore):F3} s");
                    Console.WriteLine(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{set,-15} {(minutes == 0 ? "nothing" : minutes),8} {seconds,14:F2} s {megabytes,10:F0} MB {further,26}"));
                    (secondsBefore, minutesBefore) = (seconds, minutes);
                }
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The process that is measured: <c>memory-of SET FILE TABLE</c>; without a file it extracts a tenth of a second.</summary>
    public static void Measure(string set, string file, string table)
    {
        var extractor = FeatureSetCatalog.Default.Get(set).Options.CreateExtractor();
        if (File.Exists(file))
        {
            new FeatureTableExtraction { Extractor = extractor, Sources = [FeatureSource.File(file)], Workers = 1 }.WriteTo(table);
        }
        else
        {
            extractor.Extract(new Waveform(new float[1600], Waveform.StandardRate));
        }

        using var process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{process.TotalProcessorTime.TotalSeconds} {process.PeakWorkingSet64}"));
    }

    private static string Name(int minutes) => FormattableString.Invariant($"{minutes}.wav");

    private static (double Seconds, double Megabytes) Best(BenchmarkOptions options, string folder, string set, int minutes)
    {
        var (seconds, bytes) = (double.PositiveInfinity, 0.0);
        for (var round = 0; round < options.Rounds; round++)
        {
            var parts = Child(["memory-of", set, Path.Combine(folder, Name(minutes)), Path.Combine(folder, $"{round}.csv")]).Split(' ');
            seconds = Math.Min(seconds, double.Parse(parts[0], CultureInfo.InvariantCulture));
            bytes = Math.Max(bytes, double.Parse(parts[1], CultureInfo.InvariantCulture));
        }

        return (seconds, bytes / 1e6);
    }

    private static string Child(IReadOnlyList<string> arguments)
    {
        var program = Environment.ProcessPath!;
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
        {
            start.ArgumentList.Add(Assembly.GetExecutingAssembly().Location);
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.Trim() : throw new InvalidOperationException($"The measured process ended with {process.ExitCode}.");
    }

    /// <summary>Recordings of EMO-DB one behind the other, over and over; without the corpus the demo voice.</summary>
    private static Waveform Speech(BenchmarkOptions options, int minutes)
    {
        var corpus = options.Corpora is null ? null : Path.Combine(options.Corpora, "emodb");
        List<float[]> parts = Directory.Exists(corpus)
            ? [.. Directory.GetFiles(corpus, "*", SearchOption.AllDirectories).Where(AudioFile.HasAudioExtension).Order(StringComparer.Ordinal).Select(f => AudioFile.Read(f).Samples)]
            : [.. DemoSpeaker.All.Select((s, i) => DemoVoice.Speak(s, "neutral", i).Waveform.Samples)];
        var samples = new float[minutes * 60 * Waveform.StandardRate];
        for (int at = 0, i = 0; at < samples.Length; i++)
        {
            var part = parts[i % parts.Count];
            var count = Math.Min(part.Length, samples.Length - at);
            part.AsSpan(0, count).CopyTo(samples.AsSpan(at));
            at += count;
        }

        return new Waveform(samples, Waveform.StandardRate);
    }
}
