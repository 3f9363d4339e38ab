using System.Diagnostics;
using System.Globalization;
using Undertone.Corpora;

namespace Undertone.Benchmarks;

/// <summary>
/// A whole leave-one-speaker-out set of EMO-DB, trained by Undertone (processes of one thread, as many as processors)
/// and by a plain PyTorch script of the same network, batches and epochs: with its default threads and folds in
/// sequence, and as two of its processes of one thread each. Everything is timed from the outside, starts included.
/// </summary>
internal static class TrainingBenchmark
{
    private const int Epochs = 10;
    private static readonly string[] FirstHalf = ["03", "08", "09", "10", "11"];
    private static readonly string[] SecondHalf = ["12", "13", "14", "15", "16"];

    public static void Run(BenchmarkOptions options)
    {
        var corpora = options.Corpora ?? throw new UndertoneException("The benchmark 'training' needs EMO-DB: name its parent folder by --corpora or UNDERTONE_CORPORA.");
        var corpus = CorpusLocator.Locate(CorpusCatalog.Get("emodb"), corpora);
        var peer = Path.Combine(AppContext.BaseDirectory, "peers", "train_emodb.py");
        Console.WriteLine($"EMO-DB, leave-one-speaker-out, {Epochs} epochs, {Environment.ProcessorCount} processors; seconds, the median of {options.Rounds} rounds in turn");
        foreach (var system in (string[])["cnn", "bilstm"])
        {
            string[] Peer(string threads, string[] speakers) =>
            [
                "-W", "ignore", peer, system, corpus, "--epochs", Number(Epochs), "--threads", threads, "--speakers", string.Join(',', speakers),
            ];
            var (ours, sequence, pair) = (new List<double>(), new List<double>(), new List<double>());
            for (var round = 0; round < options.Rounds; round++)
            {
                ours.Add(Ours(system, corpora));
                sequence.Add(Seconds((options.Python, Peer("default", [.. FirstHalf, .. SecondHalf]), false)));
                pair.Add(Seconds((options.Python, Peer("1", FirstHalf), true), (options.Python, Peer("1", SecondHalf), true)));
                Console.WriteLine($"  {system} round {round + 1}: Undertone {Figure(ours[^1])}, PyTorch in sequence {Figure(sequence[^1])}, two PyTorch processes {Figure(pair[^1])}");
            }

            var (a, b, c) = (Median(ours), Median(sequence), Median(pair));
            Console.WriteLine($"{system}: Undertone {Figure(a)} s; PyTorch in sequence {Figure(b)} s, ratio {Figure(b / a)}; two PyTorch processes {Figure(c)} s, ratio {Figure(c / a)}");
        }
    }

    private static double Ours(string system, string corpora)
    {
        var runs = Directory.CreateTempSubdirectory("undertone-benchmark-").FullName;
        try
        {
            var experiment = Path.Combine(runs, "training.yaml");
            // What the peer does too: no second training, no speed copies, one network, the last epoch's weights.
            File.WriteAllText(experiment, string.Create(CultureInfo.InvariantCulture, $$"""
                name: training
                corpora: [emodb]
                protocols: [leave-one-speaker-out]
                systems: [{{system}}]
                validation: { speakers: 2 }
                overrides:
                  normalisation: speaker
                  members: 1
                  training.epochs: {{Epochs}}
                  training.refit: false
                  training.selection: last
                  augmentation.speeds: []
                  augmentation.mixup: 0
                  augmentation.time-stretch: 0.1
                """));
            var cli = Path.Combine(AppContext.BaseDirectory, "Undertone.Cli.dll");
            return Seconds(("dotnet", ["exec", cli, "run", experiment, "--runs", runs, "--corpora", corpora], false));
        }
        finally
        {
            Directory.Delete(runs, recursive: true);
        }
    }

    /// <summary>Runs processes side by side and returns the seconds until the last has ended.</summary>
    private static double Seconds(params (string Program, string[] Arguments, bool OneThread)[] commands)
    {
        var clock = Stopwatch.StartNew();
        var running = commands.Select(command =>
        {
            var start = new ProcessStartInfo(command.Program, command.Arguments) { RedirectStandardOutput = true };
            if (command.OneThread)
            {
                start.Environment["OMP_NUM_THREADS"] = "1";
                start.Environment["OPENBLAS_NUM_THREADS"] = "1";
            }

            var process = Process.Start(start)!;
            return (Process: process, Output: process.StandardOutput.ReadToEndAsync());
        }).ToList();
        foreach (var (process, output) in running)
        {
            var text = output.GetAwaiter().GetResult();
            process.WaitForExit();
            if (process.ExitCode != 0)
            {
                throw new UndertoneException($"'{process.StartInfo.FileName}' ended with {process.ExitCode}:\n{text}");
            }

            process.Dispose();
        }

        return clock.Elapsed.TotalSeconds;
    }

    private static double Median(List<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Figure(double value) => value.ToString("F2", CultureInfo.InvariantCulture);
}
