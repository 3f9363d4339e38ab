using System.Runtime.CompilerServices;
using static Undertone.Torch.Kernels.VectorMath;

namespace Undertone.Torch.Kernels;

/// <summary>
/// What an LSTM does between its matrix products, for all rows of one time step (Hochreiter &amp; Schmidhuber 1997
/// with forget gates, Gers et al. 2000): gates in PyTorch's order input, forget, cell, output.
/// </summary>
internal static unsafe class LstmCell
{
    /// <summary>One step forward.</summary>
    /// <param name="gates">rows × 4H: before activation; after the call activated.</param>
    /// <param name="cellBefore">rows × H.</param>
    /// <param name="tanhCell">rows × H, written: tanh of the new cell.</param>
    /// <param name="output">rows of H, <paramref name="outputStride"/> apart, written: the new hidden state.</param>
    /// <param name="outputStride">The distance between rows of <paramref name="output"/>.</param>
    /// <param name="hiddenNext">Where the next step reads its hidden state, or null after the last.</param>
    /// <param name="cellNext">Where the next step reads its cell.</param>
    /// <param name="rows">Utterances that are still running at this step.</param>
    /// <param name="rowsNext">Of these, how many run at the next step: the first ones.</param>
    /// <param name="hidden">H.</param>
    public static void Forward(
        float* gates, float* cellBefore, float* tanhCell, float* output, int outputStride,
        float* hiddenNext, float* cellNext, int rows, int rowsNext, int hidden)
    {
        if (Lanes.AreWide)
        {
            Forward<WideLanes>(gates, cellBefore, tanhCell, output, outputStride, hiddenNext, cellNext, rows, rowsNext, hidden);
        }
        else
        {
            Forward<ProcessorLanes>(gates, cellBefore, tanhCell, output, outputStride, hiddenNext, cellNext, rows, rowsNext, hidden);
        }
    }

    /// <summary>The same on lanes of a given kind.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward<V>(
        float* gates, float* cellBefore, float* tanhCell, float* output, int outputStride,
        float* hiddenNext, float* cellNext, int rows, int rowsNext, int hidden)
        where V : struct, ILanes<V>
    {
        for (var row = 0; row < rows; row++)
        {
            var g = gates + ((long)row * 4 * hidden);
            var c0 = cellBefore + ((long)row * hidden);
            var tc = tanhCell + ((long)row * hidden);
            var y = output + ((long)row * outputStride);
            var h1 = row < rowsNext ? hiddenNext + ((long)row * hidden) : null;
            var c1 = row < rowsNext ? cellNext + ((long)row * hidden) : null;
            for (var k = 0; k < hidden; k += V.Count)
            {
                var left = hidden - k;
                var i = V.Sigmoid(Load<V>(g + k, left));
                var f = V.Sigmoid(Load<V>(g + hidden + k, left));
                var n = V.Tanh(Load<V>(g + (2 * hidden) + k, left));
                var o = V.Sigmoid(Load<V>(g + (3 * hidden) + k, left));
                var cell = V.MultiplyAdd(f, Load<V>(c0 + k, left), i * n);
                var t = V.Tanh(cell);
                var h = o * t;
                Store(i, g + k, left);
                Store(f, g + hidden + k, left);
                Store(n, g + (2 * hidden) + k, left);
                Store(o, g + (3 * hidden) + k, left);
                Store(t, tc + k, left);
                Store(h, y + k, left);
                if (h1 != null)
                {
                    Store(h, h1 + k, left);
                    Store(cell, c1 + k, left);
                }
            }
        }
    }

    /// <summary>One step backward.</summary>
    /// <param name="gates">rows × 4H, activated.</param>
    /// <param name="cellBefore">rows × H.</param>
    /// <param name="tanhCell">rows × H.</param>
    /// <param name="outputGradient">rows of H, <paramref name="outputStride"/> apart.</param>
    /// <param name="outputStride">The distance between rows of <paramref name="outputGradient"/>.</param>
    /// <param name="hiddenGradient">rows × H: what the later steps ask of this step's hidden state.</param>
    /// <param name="cellGradient">rows × H: what they ask of its cell; after the call, of the cell before.</param>
    /// <param name="gateGradients">rows × 4H, written: gradients before activation.</param>
    /// <param name="rows">Utterances that run at this step.</param>
    /// <param name="hidden">H.</param>
    public static void Backward(
        float* gates, float* cellBefore, float* tanhCell, float* outputGradient, int outputStride,
        float* hiddenGradient, float* cellGradient, float* gateGradients, int rows, int hidden)
    {
        if (Lanes.AreWide)
        {
            Backward<WideLanes>(gates, cellBefore, tanhCell, outputGradient, outputStride, hiddenGradient, cellGradient, gateGradients, rows, hidden);
        }
        else
        {
            Backward<ProcessorLanes>(gates, cellBefore, tanhCell, outputGradient, outputStride, hiddenGradient, cellGradient, gateGradients, rows, hidden);
        }
    }

    /// <summary>The same on lanes of a given kind.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward<V>(
        float* gates, float* cellBefore, float* tanhCell, float* outputGradient, int outputStride,
        float* hiddenGradient, float* cellGradient, float* gateGradients, int rows, int hidden)
        where V : struct, ILanes<V>
    {
        var one = V.All(1f);
        for (var row = 0; row < rows; row++)
        {
            var g = gates + ((long)row * 4 * hidden);
            var d = gateGradients + ((long)row * 4 * hidden);
            var c0 = cellBefore + ((long)row * hidden);
            var tc = tanhCell + ((long)row * hidden);
            var dy = outputGradient + ((long)row * outputStride);
            var dh = hiddenGradient + ((long)row * hidden);
            var dc = cellGradient + ((long)row * hidden);
            for (var k = 0; k < hidden; k += V.Count)
            {
                var left = hidden - k;
                var i = Load<V>(g + k, left);
                var f = Load<V>(g + hidden + k, left);
                var n = Load<V>(g + (2 * hidden) + k, left);
                var o = Load<V>(g + (3 * hidden) + k, left);
                var t = Load<V>(tc + k, left);
                var gh = Load<V>(dy + k, left) + Load<V>(dh + k, left);
                var gc = V.MultiplyAdd(gh * o, one - (t * t), Load<V>(dc + k, left));
                Store(gc * n * i * (one - i), d + k, left);
                Store(gc * Load<V>(c0 + k, left) * f * (one - f), d + hidden + k, left);
                Store(gc * i * (one - (n * n)), d + (2 * hidden) + k, left);
                Store(gh * t * o * (one - o), d + (3 * hidden) + k, left);
                Store(gc * f, dc + k, left);
            }
        }
    }
}
