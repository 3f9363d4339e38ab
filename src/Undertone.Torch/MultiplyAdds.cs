namespace Undertone.Torch;

/// <summary>
/// Counts the multiply-adds of the convolutions, matrix products and recurrent layers that this thread runs while it is
/// open: the usual measure of a network's cost. Sums over single values (normalisation, activations, pooling) are not
/// counted, nor is anything that a backward pass does inside libtorch.
/// </summary>
/// <example><code>
/// using var count = new MultiplyAdds();
/// network.Forward(x);
/// Console.WriteLine(count.Total);
/// </code></example>
public sealed class MultiplyAdds : IDisposable
{
    [ThreadStatic]
    private static MultiplyAdds? open;

    private readonly MultiplyAdds? outer;

    /// <summary>Begins to count.</summary>
    public MultiplyAdds()
    {
        outer = open;
        open = this;
    }

    /// <summary>Multiply-adds so far.</summary>
    public long Total { get; private set; }

    /// <summary>Ends counting.</summary>
    public void Dispose()
    {
        if (open == this)
        {
            open = outer;
        }
    }

    /// <summary>Counts what a kernel does by itself.</summary>
    internal static void Add(long cost)
    {
        for (var counter = open; counter is not null; counter = counter.outer)
        {
            counter.Total += cost;
        }
    }

    /// <summary>Counts a call where this thread counts; a counter around it counts it too.</summary>
    internal static void Observe(string name, ReadOnlySpan<Value> arguments)
    {
        if (open is not null)
        {
            Add(Cost(name, arguments));
        }
    }

    private static long Cost(string name, ReadOnlySpan<Value> arguments) => name switch
    {
        "aten::conv1d" or "aten::conv2d" => Convolution(arguments),
        "aten::linear" => Elements(arguments[0]) * Shape(arguments[1])[0],
        "aten::mm" or "aten::matmul" or "aten::bmm" => Product(Shape(arguments[0]), Shape(arguments[1])),
        "aten::addmm" or "aten::addmm_" or "aten::baddbmm" => Product(Shape(arguments[1]), Shape(arguments[2])),
        "aten::lstm" or "aten::gru" => Recurrence(arguments),
        "aten::einsum" => throw new TorchException($"the multiply-adds of {name} cannot be counted; write it as a matrix product."),
        _ => 0,
    };

    private static long Convolution(ReadOnlySpan<Value> arguments)
    {
        // input, weight (out, in / groups, kernel...), bias, stride, padding, dilation, groups
        var (input, weight) = (Shape(arguments[0]), Shape(arguments[1]));
        var positions = input[0];
        for (var d = 0; d < weight.Length - 2; d++)
        {
            var reach = (Integers(arguments[5])[d] * (weight[d + 2] - 1)) + 1;
            var padded = arguments[4].Tag == ValueTag.String ? input[d + 2] + reach - 1 : input[d + 2] + (2 * Integers(arguments[4])[d]);
            positions *= ((padded - reach) / Integers(arguments[3])[d]) + 1;
        }

        return positions * Elements(arguments[1]);
    }

    private static long Product(long[] left, long[] right)
    {
        long rows = left.Length > 1 ? left[^2] : 1;
        long columns = right.Length > 1 ? right[^1] : 1;
        var batch = 1L;
        for (var d = 3; d <= Math.Max(left.Length, right.Length); d++)
        {
            batch *= Math.Max(d <= left.Length ? left[^d] : 1, d <= right.Length ? right[^d] : 1);
        }

        return batch * rows * left[^1] * columns;
    }

    private static long Recurrence(ReadOnlySpan<Value> arguments)
    {
        // Padded: input, state, weights, ...; packed: data, batch sizes, state, weights, ...: the weights are the list of matrices.
        var frames = Elements(arguments[0]) / Shape(arguments[0])[^1];
        var total = 0L;
        foreach (var argument in arguments)
        {
            if (argument is { Tag: ValueTag.TensorList, Reference: Tensor[] tensors })
            {
                total += frames * tensors.Where(t => t.Dimensions == 2).Sum(t => t.ElementCount);
            }
        }

        return total;
    }

    private static Tensor TensorOf(Value value) => (Tensor)value.Reference!;

    private static long[] Shape(Value value) => [.. TensorOf(value).Shape];

    private static long Elements(Value value) => TensorOf(value).ElementCount;

    private static long[] Integers(Value value) => (long[])value.Reference!;
}
