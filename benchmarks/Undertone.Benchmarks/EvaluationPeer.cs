using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Undertone.Evaluation.Significance;

namespace Undertone.Benchmarks;

/// <summary>NumPy and SciPy in a process of their own: it reads rows and draws once, then evaluates them for each line it is sent.</summary>
internal sealed class EvaluationPeer : IDisposable
{
    private readonly string _data = Path.GetTempFileName();
    private readonly Process _process;
    private JsonElement _result;

    public EvaluationPeer(string python, List<ComparedSystem> systems, string[] classes, int draws)
    {
        Write(systems, classes, draws);
        var start = new ProcessStartInfo(python)
        {
            ArgumentList = { "-W", "ignore", Path.Combine(AppContext.BaseDirectory, "peers", "evaluate.py"), _data },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        try
        {
            _process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new UndertoneException($"{python} cannot be started ({error.Message}); name a Python with NumPy and SciPy by --python, or 'none'.", error);
        }

        Console.WriteLine($"peer: {Line()}");
    }

    public Seconds Measure()
    {
        _process.StandardInput.WriteLine();
        _result = JsonDocument.Parse(Line()).RootElement;
        return new(_result.GetProperty("seconds").GetDouble(), _result.GetProperty("processor").GetDouble());
    }

    /// <summary>Over all bounds of intervals and p values that both computed, with its name.</summary>
    public (double Difference, string Of) LargestDifference(SystemComparison ours)
    {
        (double, string) largest = (0, "none");
        for (var s = 0; s < ours.Systems.Count; s++)
        {
            foreach (var score in ours.Systems[s].Scores)
            {
                var theirs = _result.GetProperty("intervals")[s].GetProperty(score.Metric.Name);
                See(score.Metric.Name, score.Interval!.Low, theirs[0]);
                See(score.Metric.Name, score.Interval.High, theirs[1]);
            }
        }

        for (var p = 0; p < ours.Pairs.Count; p++)
        {
            var (pair, theirs) = (ours.Pairs[p], _result.GetProperty("pairs")[p]);
            foreach (var difference in pair.Differences)
            {
                See(difference.Metric.Name, difference.Interval!.Low, theirs.GetProperty("differences").GetProperty(difference.Metric.Name)[0]);
                See(difference.Metric.Name, difference.Interval.High, theirs.GetProperty("differences").GetProperty(difference.Metric.Name)[1]);
            }

            See("Wilcoxon", pair.Wilcoxon!.AdjustedPValue, theirs.GetProperty("wilcoxon"));
            See("McNemar", pair.McNemar.AdjustedPValue, theirs.GetProperty("mcnemar"));
            See("corrected t", pair.CorrectedResampled!.AdjustedPValue, theirs.GetProperty("corrected"));
        }

        See("Friedman", ours.Friedman!.PValue, _result.GetProperty("friedman"));
        return largest;

        void See(string name, double mine, JsonElement other)
        {
            var difference = Math.Abs(mine - other.GetDouble());
            largest = difference > largest.Item1 ? (difference, name) : largest;
        }
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit(5000);
        _process.Dispose();
        File.Delete(_data);
    }

    // Sizes, then speaker, fold and truth of each utterance (int32), the probabilities of each system (float64), and how
    // often each draw takes each speaker (int32).
    private void Write(List<ComparedSystem> systems, string[] classes, int draws)
    {
        var rows = systems.Select(s => s.Trials.SelectMany(t => t.Test.Rows.Select(r => (t.Fold, Row: r))).OrderBy(r => r.Row.Utterance, StringComparer.Ordinal).ToList()).ToList();
        string[] speakers = [.. rows[0].Select(r => r.Row.Speaker).Distinct().Order(StringComparer.Ordinal)];
        var speakerOf = speakers.Select((s, i) => (s, i)).ToDictionary(p => p.s, p => p.i);
        using var stream = File.Create(_data);
        Put([systems.Count, rows[0].Count, speakers.Length, classes.Length, draws]);
        Put([.. rows[0].Select(r => speakerOf[r.Row.Speaker])]);
        Put([.. rows[0].Select(r => int.Parse(r.Fold, CultureInfo.InvariantCulture))]);
        Put([.. rows[0].Select(r => Array.IndexOf(classes, r.Row.True))]);
        foreach (var system in rows)
        {
            stream.Write(MemoryMarshal.AsBytes<double>(system.SelectMany(r => r.Row.Probabilities!).ToArray()));
        }

        var random = SeededRandom.From(0, "cluster-bootstrap");
        var weights = new int[draws * speakers.Length];
        for (var i = 0; i < weights.Length; i++)
        {
            weights[(i / speakers.Length * speakers.Length) + random.NextInt(speakers.Length)]++;
        }

        Put(weights);

        void Put(int[] values) => stream.Write(MemoryMarshal.AsBytes<int>(values));
    }

    private string Line() =>
        _process.StandardOutput.ReadLine()
        ?? throw new UndertoneException("The Python peer ended early; it needs python3-numpy and python3-scipy (Debian packages).");
}
