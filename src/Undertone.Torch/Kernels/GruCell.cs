using System.Runtime.CompilerServices;
using static Undertone.Torch.Kernels.VectorMath;

namespace Undertone.Torch.Kernels;

/// <summary>
/// What a GRU does between its matrix products, for all rows of one time step (Cho et al. 2014), in PyTorch's order
/// reset, update, new and with its placing of the reset gate after the recurrent product.
/// </summary>
internal static unsafe class GruCell
{
    /// <summary>One step forward.</summary>
    /// <param name="gates">rows × 3H: the input's share; after the call the activated gates.</param>
    /// <param name="recurrent">rows × 3H: the hidden state's share, biases included.</param>
    /// <param name="recurrentNew">rows × H, written: the hidden state's share of the new gate.</param>
    /// <param name="hiddenBefore">rows × H.</param>
    /// <param name="output">rows of H, <paramref name="outputStride"/> apart, written.</param>
    /// <param name="outputStride">The distance between rows of <paramref name="output"/>.</param>
    /// <param name="hiddenNext">Where the next step reads its hidden state, or null after the last.</param>
    /// <param name="rows">Utterances that are still running at this step.</param>
    /// <param name="rowsNext">Of these, how many run at the next step: the first ones.</param>
    /// <param name="hidden">H.</param>
    public static void Forward(
        float* gates, float* recurrent, float* recurrentNew, float* hiddenBefore, float* output, int outputStride,
        float* hiddenNext, int rows, int rowsNext, int hidden)
    {
        if (Lanes.AreWide)
        {
            Forward<WideLanes>(gates, recurrent, recurrentNew, hiddenBefore, output, outputStride, hiddenNext, rows, rowsNext, hidden);
        }
        else
        {
            Forward<ProcessorLanes>(gates, recurrent, recurrentNew, hiddenBefore, output, outputStride, hiddenNext, rows, rowsNext, hidden);
        }
    }

    /// <summary>The same on lanes of a given kind.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward<V>(
        float* gates, float* recurrent, float* recurrentNew, float* hiddenBefore, float* output, int outputStride,
        float* hiddenNext, int rows, int rowsNext, int hidden)
        where V : struct, ILanes<V>
    {
        for (var row = 0; row < rows; row++)
        {
            var g = gates + ((long)row * 3 * hidden);
            var u = recurrent + ((long)row * 3 * hidden);
            var un = recurrentNew + ((long)row * hidden);
            var h0 = hiddenBefore + ((long)row * hidden);
            var y = output + ((long)row * outputStride);
            var h1 = row < rowsNext ? hiddenNext + ((long)row * hidden) : null;
            for (var k = 0; k < hidden; k += V.Count)
            {
                var left = hidden - k;
                var r = V.Sigmoid(Load<V>(g + k, left) + Load<V>(u + k, left));
                var z = V.Sigmoid(Load<V>(g + hidden + k, left) + Load<V>(u + hidden + k, left));
                var share = Load<V>(u + (2 * hidden) + k, left);
                var n = V.Tanh(V.MultiplyAdd(r, share, Load<V>(g + (2 * hidden) + k, left)));
                var h = V.MultiplyAdd(z, Load<V>(h0 + k, left) - n, n);
                Store(r, g + k, left);
                Store(z, g + hidden + k, left);
                Store(n, g + (2 * hidden) + k, left);
                Store(share, un + k, left);
                Store(h, y + k, left);
                if (h1 != null)
                {
                    Store(h, h1 + k, left);
                }
            }
        }
    }

    /// <summary>One step backward.</summary>
    /// <param name="gates">rows × 3H, activated.</param>
    /// <param name="recurrentNew">rows × H.</param>
    /// <param name="hiddenBefore">rows × H.</param>
    /// <param name="outputGradient">rows of H, <paramref name="outputStride"/> apart.</param>
    /// <param name="outputStride">The distance between rows of <paramref name="outputGradient"/>.</param>
    /// <param name="hiddenGradient">rows × H: what the later steps ask of this hidden state; after the call the direct share of the one before.</param>
    /// <param name="inputGradients">rows × 3H, written: gradients of the input's share.</param>
    /// <param name="recurrentGradients">rows × 3H, written: gradients of the hidden state's share.</param>
    /// <param name="rows">Utterances that run at this step.</param>
    /// <param name="hidden">H.</param>
    public static void Backward(
        float* gates, float* recurrentNew, float* hiddenBefore, float* outputGradient, int outputStride,
        float* hiddenGradient, float* inputGradients, float* recurrentGradients, int rows, int hidden)
    {
        if (Lanes.AreWide)
        {
            Backward<WideLanes>(gates, recurrentNew, hiddenBefore, outputGradient, outputStride, hiddenGradient, inputGradients, recurrentGradients, rows, hidden);
        }
        else
        {
            Backward<ProcessorLanes>(gates, recurrentNew, hiddenBefore, outputGradient, outputStride, hiddenGradient, inputGradients, recurrentGradients, rows, hidden);
        }
    }

    /// <summary>The same on lanes of a given kind.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward<V>(
        float* gates, float* recurrentNew, float* hiddenBefore, float* outputGradient, int outputStride,
        float* hiddenGradient, float* inputGradients, float* recurrentGradients, int rows, int hidden)
        where V : struct, ILanes<V>
    {
        var one = V.All(1f);
        for (var row = 0; row < rows; row++)
        {
            var g = gates + ((long)row * 3 * hidden);
            var un = recurrentNew + ((long)row * hidden);
            var h0 = hiddenBefore + ((long)row * hidden);
            var dy = outputGradient + ((long)row * outputStride);
            var dh = hiddenGradient + ((long)row * hidden);
            var di = inputGradients + ((long)row * 3 * hidden);
            var dr = recurrentGradients + ((long)row * 3 * hidden);
            for (var k = 0; k < hidden; k += V.Count)
            {
                var left = hidden - k;
                var r = Load<V>(g + k, left);
                var z = Load<V>(g + hidden + k, left);
                var n = Load<V>(g + (2 * hidden) + k, left);
                var gh = Load<V>(dy + k, left) + Load<V>(dh + k, left);
                var gn = gh * (one - z) * (one - (n * n));
                var gr = gn * Load<V>(un + k, left) * r * (one - r);
                var gz = gh * (Load<V>(h0 + k, left) - n) * z * (one - z);
                Store(gr, di + k, left);
                Store(gz, di + hidden + k, left);
                Store(gn, di + (2 * hidden) + k, left);
                Store(gr, dr + k, left);
                Store(gz, dr + hidden + k, left);
                Store(gn * r, dr + (2 * hidden) + k, left);
                Store(gh * z, dh + k, left);
            }
        }
    }
}
