namespace Undertone.Torch.Tests;

/// <summary>Layers against PyTorch: initial weights of one seed, outputs, gradients, running statistics.</summary>
[Collection("alone")]
public sealed class LayerParityTests
{
    private static readonly Dictionary<string, (Func<Module> Make, Func<Module, Tensor[], Tensor[]> Run)> Layers = new()
    {
        ["linear"] = Simple(() => new Linear(3, 5)),
        ["linear-no-bias"] = Simple(() => new Linear(3, 5, bias: false)),
        ["conv1d"] = Simple(() => new Conv1d(4, 6, 3, stride: 2, padding: 1, dilation: 2, groups: 2)),
        ["conv1d-same"] = Simple(() => new Conv1d(2, 3, 5, padding: Conv1d.Same, dilation: 2)),
        ["conv2d"] = Simple(() => new Conv2d(2, 4, (3, 2), stride: (2, 1), padding: (1, 0), dilation: (1, 2))),
        ["conv2d-groups"] = Simple(() => new Conv2d(4, 4, 3, padding: Size2.Same, groups: 4, bias: false)),
        ["batch-norm1d"] = Simple(() => new BatchNorm1d(3)),
        ["batch-norm1d-sequence"] = Simple(() => new BatchNorm1d(3, momentum: 0.3)),
        ["batch-norm2d"] = Simple(() => new BatchNorm2d(3, epsilon: 1e-3)),
        ["batch-norm2d-eval"] = Simple(() => new BatchNorm2d(3)),
        ["layer-norm"] = Simple(() => new LayerNorm([3, 4])),
        ["group-norm"] = Simple(() => new GroupNorm(2, 4)),
        ["embedding"] = Simple(() => new Embedding(6, 3, paddingIndex: 2)),
        ["lstm"] = Sequence(() => new Lstm(3, 4)),
        ["lstm-deep"] = Sequence(() => new Lstm(3, 4, layers: 2, bidirectional: true), 3, 6, 1, 6),
        ["lstm-dropout"] = Sequence(() => new Lstm(3, 4, layers: 2, dropout: 0.4)),
        ["gru"] = Sequence(() => new Gru(3, 4, bias: false)),
        ["gru-deep"] = Sequence(() => new Gru(3, 4, layers: 2, bidirectional: true), 6, 4, 2),
        ["attention"] = (() => new MultiheadAttention(6, 2), Attend),
        ["dropout"] = Simple(() => new Dropout(0.3)),
        ["dropout2d"] = Simple(() => new Dropout2d(0.3)),
        ["max-pool1d"] = Simple(() => new MaxPool1d(3, 2, 1)),
        ["max-pool2d"] = Simple(() => new MaxPool2d((2, 3), (2, 1))),
        ["avg-pool1d"] = Simple(() => new AvgPool1d(3, 2, 1)),
        ["avg-pool2d"] = Simple(() => new AvgPool2d(2, padding: 1)),
        ["adaptive-avg-pool1d"] = Simple(() => new AdaptiveAvgPool1d(3)),
        ["adaptive-avg-pool2d"] = Simple(() => new AdaptiveAvgPool2d((2, 1))),
        ["adaptive-max-pool1d"] = Simple(() => new AdaptiveMaxPool1d(3)),
        ["adaptive-max-pool2d"] = Simple(() => new AdaptiveMaxPool2d(2)),
        ["flatten"] = Simple(() => new Flatten()),
        ["relu"] = Simple(() => new ReLU()),
        ["elu"] = Simple(() => new ELU(0.7)),
        ["gelu"] = Simple(() => new GELU()),
        ["leaky-relu"] = Simple(() => new LeakyReLU(0.2)),
        ["silu"] = Simple(() => new SiLU()),
        ["sigmoid"] = Simple(() => new Sigmoid()),
        ["tanh"] = Simple(() => new Tanh()),
        ["softmax"] = Simple(() => new Softmax(1)),
        ["sequential"] = Simple(() => new Sequential(new Conv2d(1, 2, 3), new BatchNorm2d(2), new ReLU(), new Flatten(), new Linear(24, 3))),
    };

    public static TheoryData<string> Names => [.. Layers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void ALayerGivesPyTorchsValues(string name)
    {
        using var scope = new DisposeScope();
        var (make, run) = Layers[name];
        Engine.ManualSeed(7);
        using var module = make();
        var initial = Parity.Under($"{name}/init/");
        module.StateDict().Keys.ShouldBe(initial.Keys, ignoreOrder: true);
        foreach (var (key, tensor) in module.StateDict())
        {
            tensor.ShouldMatch(initial[key], $"initial {key}", tolerance: 1e-7);
        }

        module.Train(!name.EndsWith("-eval", StringComparison.Ordinal));
        var inputs = Parity.Under($"{name}/in/").Keys.Order().Select(n => Parity.Input($"{name}/in/{n}")).ToArray();
        Engine.ManualSeed(11);
        var outputs = run(module, inputs);
        var loss = Tensor.FromScalar(0f);
        for (var n = 0; n < outputs.Length; n++)
        {
            outputs[n].ShouldMatch(Parity.Get($"{name}/out/{n}"), $"output {n}");
            loss = loss + (outputs[n] * Parity.Get($"{name}/outweight/{n}")).Sum();
        }

        Parity.Has($"{name}/out/{outputs.Length}").ShouldBeFalse();
        loss.Backward();
        foreach (var (n, expected) in Parity.Under($"{name}/ingrad/"))
        {
            inputs[int.Parse(n)].Grad.ShouldMatch(expected, $"gradient of input {n}", 1e-5);
        }

        var gradients = Parity.Under($"{name}/grad/");
        foreach (var (key, parameter) in module.NamedParameters())
        {
            parameter.Grad.ShouldMatch(gradients[key], $"gradient of {key}", 1e-5);
        }

        foreach (var (key, buffer) in module.NamedBuffers())
        {
            buffer.ShouldMatch(Parity.Get($"{name}/after/{key}"), $"{key} afterwards");
        }
    }

    [Fact]
    public void EveryLayerOfTheDataIsTested() =>
        Parity.Under("").Keys.Where(k => k.Contains("/in/0")).Select(k => k.Split('/')[0]).ShouldBe(Layers.Keys, ignoreOrder: true);

    private static (Func<Module> Make, Func<Module, Tensor[], Tensor[]> Run) Simple(Func<Layer> make) =>
        (make, (m, x) => [((Layer)m).Forward(x[0])]);

    private static (Func<Module> Make, Func<Module, Tensor[], Tensor[]> Run) Sequence(Func<Recurrent> make, params long[] lengths) =>
        (make, (m, x) =>
        {
            var (output, hidden, cell) = ((Recurrent)m).Forward(x[0], lengths);
            return cell is null ? [output, hidden] : [output, hidden, cell];
        }
    );

    private static Tensor[] Attend(Module module, Tensor[] inputs)
    {
        var padding = Functional.PaddingMask([3, 4], 4);
        var (output, weights) = ((MultiheadAttention)module).Forward(inputs[0], inputs[1], inputs[1], padding);
        return [output, weights];
    }
}
