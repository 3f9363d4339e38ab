using System.Text.Json;

namespace Undertone.Tests.Evaluation;

/// <summary>A file of expected values under Data/Evaluation, each case with a name; null stands for NaN.</summary>
internal sealed class ExpectedValues(string file)
{
    private readonly JsonElement[] _cases =
    [
        .. JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", "Evaluation", file))).RootElement.EnumerateArray(),
    ];

    public TheoryData<string> Names => [.. _cases.Select(c => c.GetProperty("name").GetString()!)];

    public JsonElement this[string name] => _cases.Single(c => c.GetProperty("name").GetString() == name);

    public static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(v => v.ValueKind == JsonValueKind.Null ? double.NaN : v.GetDouble())];

    public static void ShouldAgree(double value, JsonElement expected, string what)
    {
        if (expected.ValueKind == JsonValueKind.Null)
        {
            value.ShouldBe(double.NaN, what);
        }
        else
        {
            value.ShouldBe(expected.GetDouble(), 1e-9, what);
        }
    }

    public static void ShouldAgree(IReadOnlyList<double> values, JsonElement expected, string what)
    {
        values.Count.ShouldBe(expected.GetArrayLength(), what);
        foreach (var (value, wanted) in values.Zip(expected.EnumerateArray()))
        {
            ShouldAgree(value, wanted, what);
        }
    }
}
