using System.Text.Json;

namespace Undertone.Torch.Tests;

public sealed class ConcordanceLossTests
{
    [Fact]
    public void ItIsTheTranscriptionOfLin1989InNumPy()
    {
        using var scope = new DisposeScope();
        using var cases = JsonDocument.Parse(File.ReadAllText(Parity.File("ccc.json")));
        foreach (var one in cases.RootElement.EnumerateArray())
        {
            var loss = new ConcordanceLoss().Forward(Matrix(one.GetProperty("input")), Matrix(one.GetProperty("target")));

            loss.Shape.ShouldBeEmpty();
            loss.Item().ShouldBe(one.GetProperty("loss").GetDouble(), 1e-7);
        }
    }

    [Fact]
    public void ItsGradientIsThatOfFiniteDifferences()
    {
        using var scope = new DisposeScope();
        Engine.ManualSeed(3);
        var target = Tensor.Randn([6, 2], ScalarType.Float64);
        GradientCheck.Run(x => Functional.ConcordanceLoss(x[0], target), Tensor.Randn([6, 2], ScalarType.Float64));
        GradientCheck.Run(x => Functional.ConcordanceLoss(x[0], x[1]), Tensor.Randn([3, 1], ScalarType.Float64), Tensor.Randn([3, 1], ScalarType.Float64));
    }

    [Fact]
    public void ItStaysWhenBothAreShiftedAndScaledAlikeAndWhenTheyAreExchanged()
    {
        using var scope = new DisposeScope();
        Engine.ManualSeed(4);
        var (x, y) = (Tensor.Randn([9, 2], ScalarType.Float64), Tensor.Randn([9, 2], ScalarType.Float64));
        var loss = Functional.ConcordanceLoss(x, y).Item();

        Functional.ConcordanceLoss(y, x).Item().ShouldBe(loss, 1e-12);
        Functional.ConcordanceLoss((x * 3) + 5, (y * 3) + 5).Item().ShouldBe(loss, 1e-7);
        Functional.ConcordanceLoss(x, x).Item().ShouldBe(0, 1e-7);
        Functional.ConcordanceLoss(x, -x + (x.Mean(0, keepDim: true) * 2)).Item().ShouldBe(2, 1e-7);
        Functional.ConcordanceLoss(x + 5, x).Item().ShouldBeGreaterThan(0.5);
    }

    [Fact]
    public void ABatchOfEqualValuesHasALossOfOneAndNoGradientThatIsNoNumber()
    {
        using var scope = new DisposeScope();
        var input = Tensor.From([2f, 2f, 2f], 3, 1).WithGrad();
        var loss = Functional.ConcordanceLoss(input, Tensor.From([2f, 2f, 2f], 3, 1));
        loss.Backward();

        loss.Item().ShouldBe(1);
        input.Grad!.ToArray<float>().ShouldAllBe(g => float.IsFinite(g));
    }

    private static Tensor Matrix(JsonElement rows)
    {
        var values = rows.EnumerateArray().Select(r => r.EnumerateArray().Select(v => v.GetDouble()).ToArray()).ToArray();
        return Tensor.From(values.SelectMany(v => v).ToArray(), values.Length, values[0].Length);
    }
}
