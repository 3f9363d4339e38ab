using System.Diagnostics;
using System.Globalization;
using Undertone.Systems;
using Undertone.Torch;

namespace Undertone.Benchmarks;

/// <summary>
/// A training epoch of the networks on raw audio, whose kernels are Undertone's own, beside the same layers in plain PyTorch: both
/// on one thread and on utterances of the same lengths, in turn, by the processor time of their processes.
/// </summary>
internal static class NetworkBenchmark
{
    private const int Classes = 7;
    private const int Epochs = 2;
    private static readonly string[] Systems = ["clstm-2020", "zhao-2019-1d", "mlt-dnet-2021", "raw-cnn-lstm"];

    public static void Run(BenchmarkOptions options)
    {
        Engine.Threads = 1;
        using var peer = Start(options.Python);
        Console.WriteLine($"{peer.StandardOutput.ReadLine()}; an epoch of {EngineThroughput.Utterances} utterances, the better of two, processor seconds; the median of {options.Rounds} rounds in turn");
        foreach (var name in Systems)
        {
            var system = (DeepSystem)SystemCatalog.Default.Get(name);
            var settings = (DeepSettings)system.Defaults;
            var (ours, theirs) = (new List<double>(), new List<double>());
            for (var round = 0; round < options.Rounds; round++)
            {
                var measured = EngineThroughput.Measure(system, settings, Classes, Epochs, processorTime: true);
                peer.StandardInput.WriteLine($"{name} {settings.Training.BatchSize.ToString(CultureInfo.InvariantCulture)} {string.Join(' ', measured.Frames.Select(f => f.ToString(CultureInfo.InvariantCulture)))}");
                var line = peer.StandardOutput.ReadLine() ?? throw new UndertoneException("The Python peer ended early; it needs python3-torch (a Debian package).");
                ours.Add(measured.TrainingSeconds);
                theirs.Add(double.Parse(line, CultureInfo.InvariantCulture));
            }

            var (a, b) = (Median(ours), Median(theirs));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-16} Undertone {a,6:F2} s   PyTorch {b,6:F2} s   {b / a,5:F1} times as long"));
        }

        peer.StandardInput.Close();
        peer.WaitForExit();
    }

    private static Process Start(string python)
    {
        var start = new ProcessStartInfo(python, ["-W", "ignore", Path.Combine(AppContext.BaseDirectory, "peers", "train_networks.py")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var variable in (string[])["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"])
        {
            start.Environment[variable] = "1";
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new UndertoneException($"{python} cannot be started ({error.Message}); name a Python with torch by --python.", error);
        }
    }

    private static double Median(List<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
