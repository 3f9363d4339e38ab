namespace Undertone.Torch.Tests;

/// <summary>Gradients of every layer and loss against central finite differences, in double precision.</summary>
[Collection("alone")]
public sealed class GradientTests
{
    private static readonly Dictionary<string, (Func<Module> Make, long[] Input)> Layers = new()
    {
        ["linear"] = (() => new Linear(3, 2), [4, 3]),
        ["conv1d"] = (() => new Conv1d(2, 4, 3, stride: 2, padding: 1, dilation: 2, groups: 2), [2, 2, 9]),
        ["conv2d"] = (() => new Conv2d(2, 3, (3, 2), stride: (2, 1), padding: 1, dilation: (1, 2)), [2, 2, 5, 6]),
        ["conv2d-groups"] = (() => new Conv2d(2, 4, 3, groups: 2), [1, 2, 4, 4]),
        ["batch-norm1d"] = (() => new BatchNorm1d(3), [5, 3]),
        ["batch-norm2d"] = (() => new BatchNorm2d(2), [3, 2, 2, 3]),
        ["layer-norm"] = (() => new LayerNorm(5), [3, 5]),
        ["group-norm"] = (() => new GroupNorm(2, 4), [2, 4, 3]),
        ["lstm"] = (() => new Lstm(2, 3), [2, 4, 2]),
        ["lstm-deep"] = (() => new Lstm(2, 2, layers: 2, bidirectional: true), [3, 4, 2]),
        ["gru"] = (() => new Gru(2, 3), [2, 4, 2]),
        ["gru-deep"] = (() => new Gru(2, 2, layers: 2, bidirectional: true), [3, 4, 2]),
        ["attention"] = (() => new MultiheadAttention(4, 2), [2, 3, 4]),
        ["dropout"] = (() => new Dropout(0.4), [3, 4]),
        ["dropout2d"] = (() => new Dropout2d(0.4), [2, 3, 2, 2]),
        ["max-pool1d"] = (() => new MaxPool1d(2), [2, 2, 6]),
        ["max-pool2d"] = (() => new MaxPool2d(2), [1, 2, 4, 4]),
        ["avg-pool1d"] = (() => new AvgPool1d(2), [2, 2, 6]),
        ["avg-pool2d"] = (() => new AvgPool2d(2), [1, 2, 4, 4]),
        ["adaptive-avg-pool1d"] = (() => new AdaptiveAvgPool1d(3), [1, 2, 7]),
        ["adaptive-avg-pool2d"] = (() => new AdaptiveAvgPool2d(2), [1, 2, 5, 4]),
        ["adaptive-max-pool1d"] = (() => new AdaptiveMaxPool1d(3), [1, 2, 7]),
        ["adaptive-max-pool2d"] = (() => new AdaptiveMaxPool2d(2), [1, 2, 5, 4]),
        ["relu"] = (() => new ReLU(), [3, 4]),
        ["elu"] = (() => new ELU(), [3, 4]),
        ["gelu"] = (() => new GELU(), [3, 4]),
        ["leaky-relu"] = (() => new LeakyReLU(), [3, 4]),
        ["silu"] = (() => new SiLU(), [3, 4]),
        ["sigmoid"] = (() => new Sigmoid(), [3, 4]),
        ["tanh"] = (() => new Tanh(), [3, 4]),
        ["softmax"] = (() => new Softmax(1), [3, 4]),
        ["flatten"] = (() => new Flatten(), [2, 2, 3]),
    };

    private static readonly Dictionary<string, Func<Tensor, Tensor>> Losses = new()
    {
        ["cross-entropy"] = x => Functional.CrossEntropy(x, Tensor.From([0L, 2, 1, 2]), Weights, 0.1),
        ["cross-entropy-soft"] = x => Functional.CrossEntropy(x, Target.Softmax(1)),
        ["mse"] = x => Functional.MseLoss(x, Target),
        ["l1"] = x => Functional.L1Loss(x, Target),
        ["smooth-l1"] = x => Functional.SmoothL1Loss(x, Target, 0.3),
        ["bce"] = x => Functional.BceWithLogits(x, Target.Sigmoid(), null, Weights),
        ["kl"] = x => Functional.KlDivergence(x.LogSoftmax(1), Target.Softmax(1)),
        ["indexing"] = x => x[1..^1, Tensor.From([2L, 0])].Exp(),
        ["reductions"] = x => x.Std([1]) + x.LogSumExp([1]) + x.Max(1).Values + x.Norm([1]),
    };

    public static TheoryData<string> LayerNames => [.. Layers.Keys];

    public static TheoryData<string> LossNames => [.. Losses.Keys];

    private static Tensor Weights => Tensor.From([0.5, 2, 1.5]);

    private static Tensor Target
    {
        get
        {
            Engine.ManualSeed(5);
            return Tensor.Randn([4, 3], ScalarType.Float64);
        }
    }

    [Theory]
    [MemberData(nameof(LayerNames))]
    public void ALayersGradientsAgreeWithFiniteDifferences(string name)
    {
        using var scope = new DisposeScope();
        Engine.ManualSeed(3);
        var (make, shape) = Layers[name];
        using var module = make();
        module.To(ScalarType.Float64);
        var input = Tensor.Randn(shape, ScalarType.Float64);
        GradientCheck.Run(t => Run(module, t[0]), [input, .. module.Parameters()]);
    }

    [Fact]
    public void AnEmbeddingsGradientAgreesWithFiniteDifferences()
    {
        using var scope = new DisposeScope();
        using var module = new Embedding(5, 3);
        module.To(ScalarType.Float64);
        GradientCheck.Run(_ => module.Forward(Tensor.From([0L, 3, 3, 1])), [module.Weight]);
    }

    [Theory]
    [MemberData(nameof(LossNames))]
    public void ALosssGradientAgreesWithFiniteDifferences(string name)
    {
        using var scope = new DisposeScope();
        Engine.ManualSeed(4);
        GradientCheck.Run(t => Losses[name](t[0]), Tensor.Randn([4, 3], ScalarType.Float64));
    }

    private static Tensor Run(Module module, Tensor input)
    {
        // Dropout must drop the same elements each time.
        Engine.ManualSeed(9);
        switch (module)
        {
            case Recurrent recurrent:
                var lengths = recurrent.Bidirectional ? new long[] { 2, 4, 1 } : [];
                var (output, hidden, cell) = recurrent.Forward(input, lengths);
                return Tensor.Cat([output.Flatten(), hidden.Flatten(), .. cell is null ? Array.Empty<Tensor>() : [cell.Flatten()]]);
            case MultiheadAttention attention:
                return attention.Forward(input, input, input, Functional.PaddingMask([2, 3], 3)).Output;
            default:
                return ((Layer)module).Forward(input);
        }
    }
}
