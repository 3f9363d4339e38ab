using System.Text.Json;
using Undertone.Evaluation;

namespace Undertone.Tests.Evaluation.Significance;

/// <summary>Two systems on the same 160 utterances of eight speakers, with the intervals of scikit-learn's metrics (bootstrap.py).</summary>
internal static class BootstrapReference
{
    public static readonly JsonElement Expected =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", "Evaluation", "significance", "bootstrap.json"))).RootElement;

    public static readonly string[] Classes = [.. Expected.GetProperty("classes").EnumerateArray().Select(c => c.GetString()!)];

    public static readonly PredictionRow[] First = Rows(3);

    public static readonly PredictionRow[] Second = Rows(4);

    public static readonly BootstrapOptions Options = new()
    {
        Seed = Expected.GetProperty("seed").GetInt32(),
        Resamples = Expected.GetProperty("resamples").GetInt32(),
    };

    public static readonly Dictionary<string, string> Gender =
        Expected.GetProperty("rows").EnumerateArray().ToDictionary(r => r[0].GetString()!, r => r[5].GetString()!);

    public static void ShouldBe(Interval? interval, JsonElement expected)
    {
        interval.ShouldNotBeNull();
        interval.Low.ShouldBe(expected[0].GetDouble(), 1e-9);
        interval.High.ShouldBe(expected[1].GetDouble(), 1e-9);
    }

    private static PredictionRow[] Rows(int column) =>
    [
        .. Expected.GetProperty("rows").EnumerateArray().Select(r =>
        {
            double[] p = [.. r[column].EnumerateArray().Select(v => v.GetDouble())];
            return new PredictionRow(r[0].GetString()!, r[1].GetString()!, r[2].GetString()!, Classes[Array.IndexOf(p, p.Max())], p);
        }),
    ];
}
