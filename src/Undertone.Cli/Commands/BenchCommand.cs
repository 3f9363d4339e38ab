using System.CommandLine;
using System.Globalization;
using Undertone.Cli.Progress;
using Undertone.Systems;
using Undertone.Torch;

namespace Undertone.Cli.Commands;

/// <summary><c>undertone bench engine [SYSTEM...]</c>.</summary>
internal static class BenchCommand
{
    private const int Classes = 7;

    public static Command Create()
    {
        var systems = new Argument<string[]>("SYSTEM") { Description = "The systems; all networks where none is named.", DefaultValueFactory = _ => [] };
        var epochs = new Option<int>("--epochs") { Description = "Epochs and passes to take the best of, after a first one.", DefaultValueFactory = _ => 3 };
        var csv = new Option<bool>("--csv") { Description = "Comma-separated values with a header." };
        var processor = new Option<bool>("--processor-time") { Description = "Processor time in place of wall-clock time, while other programs run." };
        var engine = new Command(
            "engine", "How much of the machine each network's training and use turn into convolutions, matrix products and recurrences.") { systems, epochs, processor, csv };
        engine.SetAction(parsed => Run(parsed.GetValue(systems)!, parsed.GetValue(epochs), parsed.GetValue(processor), parsed.GetValue(csv)));
        return new Command("bench", "Measures how fast this machine is at what Undertone does.") { engine };
    }

    private static int Run(string[] names, int epochs, bool processorTime, bool csv)
    {
        if (epochs < 1)
        {
            throw new UndertoneException($"--epochs {epochs}: expected a whole number of at least 1.");
        }

        var systems = names.Length == 0
            ? [.. SystemCatalog.Default.All.OfType<DeepSystem>()]
            : names.Select(n => SystemCatalog.Default.Get(n) as DeepSystem ?? throw new UndertoneException(
                $"'{n}' is no network, and the engine does nothing for it; expected one of {string.Join(", ", SystemCatalog.Default.All.OfType<DeepSystem>().Select(s => s.Name))}.")).ToList();
        var product = EngineThroughput.ProductRate(processorTime);
        var measured = new List<EngineThroughput>();
        foreach (var system in systems)
        {
            if (!csv && !Console.IsErrorRedirected)
            {
                Console.Error.Write($"\r{measured.Count + 1}/{systems.Count} {system.Name}".PadRight(40));
            }

            measured.Add(EngineThroughput.Measure(system, (DeepSettings)system.Defaults, Classes, epochs, processorTime));

            // The machine may be faster now than at the beginning; the best is what it can do.
            product = Math.Max(product, EngineThroughput.ProductRate(processorTime));
        }

        if (!csv && !Console.IsErrorRedirected)
        {
            Console.Error.Write("\r".PadRight(41) + "\r");
        }

        string Share(double rate) => Number(100 * rate / product);
        List<string[]> rows = [.. measured.Select(m => (string[])
            [m.System, Number(m.TrainingRate), Share(m.TrainingRate), Number(m.InferenceRate), Share(m.InferenceRate), Number(m.TrainingSeconds), Number(m.InferenceSeconds)])];
        string[] heads = ["system", "training_gflops", "training_share", "inference_gflops", "inference_share", "epoch_seconds", "pass_seconds"];
        if (csv)
        {
            Console.WriteLine(string.Join(',', heads));
            rows.ForEach(r => Console.WriteLine(string.Join(',', r)));
            return ErrorReporting.Done;
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{EngineThroughput.Utterances} utterances of 1.3 to 5 s, the best of {epochs} by {(processorTime ? "processor" : "wall-clock")} time; shares are per cent of the product of two 2048 × 2048 matrices on {Engine.Threads} {(Engine.Threads == 1 ? "thread" : "threads")}: {Number(product)} GFLOP/s."));
        Console.WriteLine("Counted are multiply-adds of unpadded frames × 2, and × 3 for a step of training.");
        Console.WriteLine();
        TextTable.Write(["system", "training GFLOP/s", "%", "use GFLOP/s", "%", "s an epoch", "s a pass"], rows);
        return ErrorReporting.Done;
    }

    private static string Number(double value) => value.ToString(value < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture);
}
