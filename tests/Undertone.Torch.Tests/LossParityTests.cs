namespace Undertone.Torch.Tests;

public sealed class LossParityTests
{
    private static readonly Dictionary<string, Func<Tensor, Tensor[], Tensor>> Losses = new()
    {
        ["cross-entropy"] = (x, o) => new CrossEntropyLoss().Forward(x, o[0]),
        ["cross-entropy-weighted"] = (x, o) => new CrossEntropyLoss(o[1].Clone()).Forward(x, o[0]),
        ["cross-entropy-smoothed"] = (x, o) => new CrossEntropyLoss(o[1].Clone(), labelSmoothing: 0.1).Forward(x, o[0]),
        ["cross-entropy-soft"] = (x, o) => new CrossEntropyLoss(o[1].Clone(), labelSmoothing: 0.2).Forward(x, o[0]),
        ["cross-entropy-none"] = (x, o) => new CrossEntropyLoss(reduction: Reduction.None).Forward(x, o[0]),
        ["mse"] = (x, o) => new MseLoss().Forward(x, o[0]),
        ["l1"] = (x, o) => new L1Loss(Reduction.Sum).Forward(x, o[0]),
        ["smooth-l1"] = (x, o) => Functional.SmoothL1Loss(x, o[0], beta: 0.5),
        ["bce"] = (x, o) => new BceWithLogitsLoss().Forward(x, o[0]),
        ["bce-weighted"] = (x, o) => new BceWithLogitsLoss(o[1].Clone()).Forward(x, o[0]),
        ["kl"] = (x, o) => Functional.KlDivergence(x, o[0], Reduction.Sum),
    };

    public static TheoryData<string> Names => [.. Losses.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void ALossGivesPyTorchsValues(string name)
    {
        using var scope = new DisposeScope();
        var input = Parity.Input($"loss/{name}/in");
        var others = Parity.Under($"loss/{name}/other/").OrderBy(o => o.Key).Select(o => o.Value).ToArray();
        var value = Losses[name](input, others);
        value.ShouldMatch(Parity.Get($"loss/{name}/out"), "value");
        (value * Parity.Get($"loss/{name}/outweight")).Sum().Backward();
        input.Grad.ShouldMatch(Parity.Get($"loss/{name}/ingrad"), "gradient");
    }

    [Fact]
    public void EveryLossOfTheDataIsTested() =>
        Parity.Under("loss/").Keys.Select(k => k.Split('/')[0]).Distinct().ShouldBe(Losses.Keys, ignoreOrder: true);
}
