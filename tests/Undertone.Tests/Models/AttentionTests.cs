using System.Text.Json;
using Undertone.Models.Networks;
using Undertone.Torch;

namespace Undertone.Tests.Models;

/// <summary>Attention, pooling and encoder blocks against PyTorch's layers (Data/Models/attention.py).</summary>
[Collection("engine")]
public sealed class AttentionTests
{
    private static readonly Lazy<JsonElement> Expected = new(() =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Data", "Models", "attention.json"))).RootElement);

    /// <summary>The reference sees each utterance alone; here they are padded with what would be seen if masks were forgotten.</summary>
    [Theory]
    [InlineData("multi-head-self-attention")]
    [InlineData("transformer-encoder")]
    [InlineData("conformer-block")]
    [InlineData("attention-pooling")]
    [InlineData("statistics-pooling")]
    public void ABlockGivesWhatPyTorchGivesForEachUtteranceAlone(string name)
    {
        using var scope = new DisposeScope();
        using var noGrad = new NoGrad();
        var block = Expected.Value.GetProperty("blocks").EnumerateArray().Single(b => b.GetProperty("name").GetString() == name);
        var inputs = block.GetProperty("inputs").EnumerateArray().Select(Read).ToArray();
        var lengths = inputs.Select(i => (int)i.Size(0)).ToArray();
        var frames = lengths.Max() + 2;
        // Poolings are promised zeros in the padding, but for the weighted mean.
        var filling = name == "statistics-pooling" ? 0 : 5.0;
        var batch = Tensor.Stack([.. inputs.Select(i => i.Pad([0, 0, 0, frames - i.Size(0)], filling))]);

        var (module, forward) = Make(name, FrameMask.Padding(lengths, frames), lengths);
        using (module)
        {
            module.Load(block.GetProperty("weights").EnumerateObject().ToDictionary(w => w.Name, w => Read(w.Value)));
            module.Eval();
            var output = forward(batch);

            foreach (var (expected, n) in block.GetProperty("outputs").EnumerateArray().Select((e, n) => (Read(e), n)))
            {
                var actual = expected.Dimensions == 1 ? output.Select(0, n) : output.Select(0, n).Narrow(0, 0, lengths[n]);
                actual.Shape.ShouldBe(expected.Shape);
                (actual - expected).Abs().Max().Item().ShouldBeLessThan(2e-5, $"{name}, utterance {n}");
            }
        }
    }

    [Fact]
    public void PlacesAreTheSinesAndCosinesOfThePaper()
    {
        var rows = Expected.Value.GetProperty("positions").Deserialize<double[][]>()!;
        var table = PositionalEncoding.Table(rows.Length, rows[0].Length);
        for (var t = 0; t < rows.Length; t++)
        {
            for (var i = 0; i < rows[t].Length; i++)
            {
                ((double)table[(t * rows[t].Length) + i]).ShouldBe(rows[t][i], 1e-6);
            }
        }

        Should.Throw<ArgumentOutOfRangeException>(() => new PositionalEncoding(7));
    }

    /// <summary>Without places attention cannot tell the order of frames, and the pooled vector is the same for any order.</summary>
    [Fact]
    public void WithoutPlacesTheOrderOfFramesIsLost()
    {
        using var scope = new DisposeScope();
        using var noGrad = new NoGrad();
        Engine.ManualSeed(2);
        using var encoder = new TransformerEncoder(8, layers: 2, heads: 2, hidden: 16, dropout: 0.5);
        using var pooling = new AttentionPooling(8);
        using var places = new PositionalEncoding(8);
        encoder.Eval();
        var x = Tensor.Randn(1, 9, 8);
        var backwards = x.Flip(1);
        Tensor Sum(Tensor frames) => pooling.Forward(encoder.Forward(frames, [9]), [9]);

        (Sum(x) - Sum(backwards)).Abs().Max().Item().ShouldBeLessThan(1e-5);
        (Sum(places.Forward(x)) - Sum(places.Forward(backwards))).Abs().Max().Item().ShouldBeGreaterThan(1e-3);
    }

    [Fact]
    public void EveryPoolingTakesASingleFrameAndHasAGradientThere()
    {
        using var scope = new DisposeScope();
        Engine.ManualSeed(5);
        foreach (var kind in Enum.GetValues<PoolingKind>())
        {
            using var pooling = new SequencePooling(kind, 6);
            var x = Tensor.Randn(2, 1, 6).WithGrad();

            var pooled = pooling.Forward(x, [1, 1]);
            pooled.Sum().Backward();

            pooled.Shape.ShouldBe([2, pooling.Width]);
            (pooled.Narrow(1, 0, 6) - x.Squeeze(1)).Abs().Max().Item().ShouldBeLessThan(1e-6);
            x.Grad!.ToArray<float>().ShouldAllBe(g => float.IsFinite(g));
        }
    }

    [Fact]
    public void ImpossibleSizesAreRefused()
    {
        Should.Throw<ArgumentException>(() => new MultiHeadSelfAttention(10, 4, 0)).Message.ShouldStartWith("4 head(s) do not divide a width of 10.");
        Should.Throw<ArgumentOutOfRangeException>(() => new ConformerConvolution(8, 4, 0)).Message.ShouldStartWith("A kernel that is not odd has no middle.");
        Should.Throw<ArgumentOutOfRangeException>(() => new SequencePooling((PoolingKind)9, 4));
    }

    private static (Module Module, Func<Tensor, Tensor> Forward) Make(string name, Tensor padding, int[] lengths)
    {
        switch (name)
        {
            case "multi-head-self-attention":
                var attention = new MultiHeadSelfAttention(8, 2, dropout: 0.5);
                return (attention, x => attention.Forward(x, padding));
            case "transformer-encoder":
                var encoder = new TransformerEncoder(8, layers: 2, heads: 2, hidden: 12, dropout: 0.5);
                return (encoder, x => encoder.Forward(x, lengths));
            case "conformer-block":
                var conformer = new ConformerBlock(8, heads: 2, hidden: 12, kernel: 3, dropout: 0.5);
                return (conformer, x => conformer.Forward(x, padding));
            case "attention-pooling":
                var weighted = new AttentionPooling(8);
                return (weighted, x => weighted.Forward(x, lengths));
            default:
                var statistics = new StatisticsPooling();
                return (statistics, x => statistics.Forward(x, lengths));
        }
    }

    private static Tensor Read(JsonElement json) => Tensor.From(
        json.GetProperty("values").Deserialize<float[]>()!, json.GetProperty("shape").Deserialize<long[]>()!);
}
