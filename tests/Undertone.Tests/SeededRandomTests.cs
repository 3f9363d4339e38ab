using System.Text.Json;

namespace Undertone.Tests;

/// <summary>Against a Python transcription of the published generators: Data/Evaluation/seeded_random.py.</summary>
public sealed class SeededRandomTests
{
    private static readonly JsonElement Expected = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", "Evaluation", "seeded-random.json"))).RootElement;

    [Fact]
    public void Gives_the_published_stream()
    {
        var random = new SeededRandom(42);
        foreach (var bits in Expected.GetProperty("seed42").EnumerateArray())
        {
            random.NextUInt64().ShouldBe(ulong.Parse(bits.GetString()!));
        }
    }

    [Fact]
    public void Gives_the_stream_of_its_parts()
    {
        var random = SeededRandom.From(7, "03", "validation");
        int[] counts = [1, 2, 10, 38, int.MaxValue, 3, 3, 3];
        counts.Select(random.NextInt).ShouldBe(Values("ints").Select(v => (int)v));
        foreach (var value in Values("doubles"))
        {
            random.NextDouble().ShouldBe(value);
        }

        foreach (var value in Values("gaussians"))
        {
            random.NextGaussian().ShouldBe(value, 1e-14);
        }

        var items = Enumerable.Range(0, 10).ToArray();
        random.Shuffle(items.AsSpan());
        items.ShouldBe(Values("shuffled").Select(v => (int)v));
    }

    [Fact]
    public void Other_parts_give_another_stream()
    {
        ulong[] first =
        [
            SeededRandom.From(1, "23").NextUInt64(), SeededRandom.From(12, "3").NextUInt64(),
            SeededRandom.From("1", "23").NextUInt64(), SeededRandom.From("123").NextUInt64(),
            SeededRandom.From("23", 1).NextUInt64(), SeededRandom.From(1, "23", "").NextUInt64(),
        ];
        first.Distinct().Count().ShouldBe(first.Length);
    }

    [Fact]
    public void Is_even_and_normal()
    {
        var random = new SeededRandom(1);
        var counts = new int[6];
        double sum = 0, squares = 0;
        for (var i = 0; i < 60_000; i++)
        {
            counts[random.NextInt(6)]++;
            var g = random.NextGaussian();
            sum += g;
            squares += g * g;
        }

        // Five standard errors.
        counts.ShouldAllBe(c => Math.Abs(c - 10_000) < 460);
        (sum / 60_000).ShouldBe(0, 0.0205);
        (squares / 60_000).ShouldBe(1, 0.029);
    }

    [Fact]
    public void No_values_is_an_error() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new SeededRandom(1).NextInt(0));

    private static IEnumerable<double> Values(string name) => Expected.GetProperty(name).EnumerateArray().Select(v => v.GetDouble());
}
