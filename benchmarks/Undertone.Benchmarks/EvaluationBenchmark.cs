using System.Diagnostics;
using System.Globalization;
using Undertone.Evaluation;
using Undertone.Evaluation.Metrics;
using Undertone.Evaluation.Significance;
using Undertone.Protocols;

namespace Undertone.Benchmarks;

/// <summary>
/// Three systems on 100,000 utterances of 200 speakers, eight classes and twenty folds: every metric of the catalog with
/// its interval from 1,000 draws of speakers, all paired differences, and every significance test; Undertone and NumPy
/// with SciPy in turn, on the same rows and the same draws. The intervals of both are compared.
/// </summary>
internal static class EvaluationBenchmark
{
    private const int Utterances = 100_000;
    private const int Speakers = 200;
    private const int Folds = 20;
    private const int Draws = 1000;

    private static readonly double[] Skills = [2.0, 1.9, 1.0];

    private static readonly string[] Classes = ["anger", "boredom", "calm", "disgust", "fear", "joy", "neutral", "sadness"];

    public static void Run(BenchmarkOptions options)
    {
        var systems = Skills.Select((skill, s) => System($"system-{s}", skill)).ToList();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Utterances} utterances, {Speakers} speakers, {Classes.Length} classes, {systems.Count} systems, {Folds} folds, {Draws} draws, {MetricCatalog.Default.All.Count} metrics, {Environment.ProcessorCount} cores; {options.Rounds} rounds"));
        using var peer = options.Python == "none" ? null : new EvaluationPeer(options.Python, systems, Classes, Draws);
        var ours = new List<Seconds>();
        var theirs = new List<Seconds>();
        SystemComparison? result = null;
        for (var round = -1; round < options.Rounds; round++)
        {
            var mine = Measure(() => result = Compare(systems));
            if (round < 0)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"first call, as a command makes it: {mine.Wall:F2} s ({mine.Processor:F2} s of processor time)"));
                continue;
            }

            ours.Add(mine);
            theirs.Add(peer?.Measure() ?? new(double.NaN, double.NaN));
            Console.WriteLine(Line("", mine, theirs[^1]));
        }

        Console.WriteLine(Line("best of each: ", new(ours.Min(s => s.Wall), ours.Min(s => s.Processor)), new(theirs.Min(s => s.Wall), theirs.Min(s => s.Processor))));
        if (peer is not null)
        {
            var (difference, of) = peer.LargestDifference(result!);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"largest difference of an interval's bound or a p value from NumPy's: {difference:E1} ({of})"));
        }
    }

    private static Seconds Measure(Action work)
    {
        GC.Collect();
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        work();
        return new(clock.Elapsed.TotalSeconds, (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds);
    }

    // Processor time too, because the machine may be busy with other things.
    private static string Line(string head, Seconds mine, Seconds other) => string.Create(
        CultureInfo.InvariantCulture,
        $"{head}Undertone {mine.Wall:F2} s (processor {mine.Processor:F2} s), NumPy/SciPy {other.Wall:F2} s (processor {other.Processor:F2} s), ratio {other.Wall / mine.Wall:F2} (processor {other.Processor / mine.Processor:F2})");

    private static SystemComparison Compare(List<ComparedSystem> systems)
    {
        var result = SystemComparison.Of(systems, new() { Metrics = MetricCatalog.Default.All, Bootstrap = new() { Resamples = Draws } });

        // The tests that a comparison does not make of itself.
        double[][] table = [.. Enumerable.Range(0, Speakers).Select(s => result.Systems.Select(v => v.Speakers[s]).ToArray())];
        RepeatedMeasuresAnova.Of(table);
        OneWayAnova.Of([.. result.Systems.Select(s => s.Speakers)]);
        PairedTTest.Of(result.Systems[0].Speakers, result.Systems[1].Speakers);
        return result;
    }

    // Logits of the true class are raised by the skill, each speaker's by an own share of it; probabilities have six decimals.
    private static ComparedSystem System(string name, double skill)
    {
        var random = SeededRandom.From("evaluation-benchmark", name);
        double[] voices = [.. Enumerable.Range(0, Speakers).Select(_ => skill + (0.5 * random.NextGaussian()))];
        var rows = Enumerable.Range(0, Utterances).Select(i =>
        {
            var speaker = i % Speakers;
            var truth = i / Speakers % Classes.Length;
            double[] p = [.. Classes.Select((_, c) => Math.Exp(random.NextGaussian() + (c == truth ? voices[speaker] : 0)))];
            var sum = p.Sum();
            p = [.. p.Select(v => Math.Round(v / sum, 6))];
            return new PredictionRow($"u{i:000000}", $"s{speaker:000}", Classes[truth], Classes[Array.IndexOf(p, p.Max())], p);
        }).ToList();
        return new ComparedSystem(
            name, new(BadgeKind.SpeakerIndependent, false),
            [
                .. rows.Select((r, i) => (r, Fold: i % Speakers % Folds)).GroupBy(r => r.Fold, r => r.r)
                    .Select(g => new ComparedTrial($"{g.Key:00}", 0, new PredictionTable(Classes, [.. g]), Utterances - g.Count())),
            ]);
    }
}

/// <summary>How long something took: by the clock, and of all cores together.</summary>
internal readonly record struct Seconds(double Wall, double Processor);
