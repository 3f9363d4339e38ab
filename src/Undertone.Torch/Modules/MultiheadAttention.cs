using System.Globalization;

namespace Undertone.Torch;

/// <summary>Scaled dot-product attention of several heads (Vaswani et al. 2017, https://arxiv.org/abs/1706.03762), batch first.</summary>
/// <remarks>Parameter names and initial weights are those of PyTorch's layer of this name.</remarks>
public sealed class MultiheadAttention : Module
{
    private readonly long width;
    private readonly long heads;
    private readonly double dropout;
    private readonly Parameter projection;
    private readonly Parameter projectionBias;
    private readonly Linear output;

    /// <summary>Makes the layer; the heads must divide the width.</summary>
    public MultiheadAttention(long width, long heads, double dropout = 0)
    {
        if (heads < 1 || width % heads != 0)
        {
            throw new ArgumentException($"{heads} head(s) do not divide a width of {width}", nameof(heads));
        }

        (this.width, this.heads, this.dropout) = (width, heads, dropout);
        projection = RegisterParameter("in_proj_weight", Tensor.Empty([3 * width, width]));
        projectionBias = RegisterParameter("in_proj_bias", Tensor.Empty([3 * width]));
        output = Register("out_proj", new Linear(width, width));
        Init.XavierUniform(projection);
        Init.Constant(projectionBias, 0);
        Init.Constant(output.Bias!, 0);
    }

    /// <inheritdoc/>
    protected override string Details =>
        string.Create(CultureInfo.InvariantCulture, $"embed_dim={width}, num_heads={heads}, dropout={dropout}, batch_first=True");

    /// <summary>Attends from the query to the keys.</summary>
    /// <param name="query">(batch, target length, width).</param>
    /// <param name="key">(batch, source length, width).</param>
    /// <param name="value">(batch, source length, width).</param>
    /// <param name="keyPadding">(batch, source length) of truth values, true where a key is padding.</param>
    /// <returns>Output (batch, target length, width), and weights (batch, target length, source length), the mean over heads.</returns>
    public (Tensor Output, Tensor Weights) Forward(Tensor query, Tensor key, Tensor value, Tensor? keyPadding = null)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(key);
        if (keyPadding is not null && (keyPadding.Dtype != ScalarType.Bool || !keyPadding.Shape.SequenceEqual(key.Shape[..2])))
        {
            throw new TorchException($"MultiheadAttention: key padding is {keyPadding.Summary()}, Bool[{key.Shape[0]}, {key.Shape[1]}] is expected");
        }

        using var scope = new DisposeScope();
        var weights = projection.Chunk(3);
        var biases = projectionBias.Chunk(3);
        var q = Split(Functional.Linear(query, weights[0], biases[0])) * (1 / Math.Sqrt(width / heads));
        var k = Split(Functional.Linear(key, weights[1], biases[1]));
        var v = Split(Functional.Linear(value, weights[2], biases[2]));
        var scores = q.MatMul(k.Transpose(-2, -1));
        if (keyPadding is not null)
        {
            scores = scores.MaskedFill(keyPadding[.., TensorIndex.NewAxis, TensorIndex.NewAxis], double.NegativeInfinity);
        }

        var attention = Functional.Dropout(scores.Softmax(-1), dropout, Training);
        var joined = attention.MatMul(v).Transpose(1, 2).Reshape(query.Shape[0], query.Shape[1], width);
        return (scope.MoveToOuter(output.Forward(joined)), scope.MoveToOuter(attention.Mean(1)));
    }

    /// <summary>(batch, length, width) to (batch, heads, length, width / heads).</summary>
    private Tensor Split(Tensor x) => x.View(x.Shape[0], x.Shape[1], heads, width / heads).Transpose(1, 2);
}
