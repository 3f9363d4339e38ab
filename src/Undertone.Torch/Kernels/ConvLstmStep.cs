using System.Runtime.CompilerServices;
using static Undertone.Torch.Kernels.VectorMath;

namespace Undertone.Torch.Kernels;

/// <summary>
/// What a convolutional LSTM does between its convolutions, for all maps of one time step (Shi et al. 2015,
/// arXiv:1506.04214, equation 3): maps are channels-last, so that each place of a map is a row of channels, and a row
/// of 4H gates lies together. Gates are in the order input, forget, cell, output. Of a state of half a vector's channels two
/// neighbouring places fill a vector.
/// </summary>
internal readonly unsafe struct ConvLstmStep
{
    /// <summary>Channels of the state, H.</summary>
    public required int Hidden { get; init; }

    /// <summary>Places of a map.</summary>
    public required int Places { get; init; }

    /// <summary>One step forward.</summary>
    /// <param name="gates">rows × 4H: the input's share; after the call activated.</param>
    /// <param name="recurrent">rows × 4H: the state's share, or null at the first step.</param>
    /// <param name="peepholes">3 × places × H, or null for none.</param>
    /// <param name="cellBefore">rows × H.</param>
    /// <param name="tanhCell">rows × H, written: tanh of the new cell.</param>
    /// <param name="output">rows × H, written: the new state.</param>
    /// <param name="hiddenNext">Where the next step reads its state.</param>
    /// <param name="cellNext">Where the next step reads its cell.</param>
    /// <param name="rows">Places of all maps of this step.</param>
    /// <param name="rowsNext">Of these, how many run at the next step: the first ones.</param>
    public void Forward(
        float* gates, float* recurrent, float* peepholes, float* cellBefore, float* tanhCell, float* output,
        float* hiddenNext, float* cellNext, long rows, long rowsNext)
    {
        if (Lanes.AreWide)
        {
            Forward<WideLanes>(gates, recurrent, peepholes, cellBefore, tanhCell, output, hiddenNext, cellNext, rows, rowsNext);
        }
        else
        {
            Forward<ProcessorLanes>(gates, recurrent, peepholes, cellBefore, tanhCell, output, hiddenNext, cellNext, rows, rowsNext);
        }
    }

    /// <summary>The same on lanes of a given kind.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward<V>(
        float* gates, float* recurrent, float* peepholes, float* cellBefore, float* tanhCell, float* output,
        float* hiddenNext, float* cellNext, long rows, long rowsNext)
        where V : struct, ILanes<V>
    {
        var (hidden, plane, together) = (Hidden, (long)Places * Hidden, Together<V>());
        for (long row = 0, place = 0; row < rows; row += together, place = place + together == Places ? 0 : place + together)
        {
            var g = gates + (row * 4 * hidden);
            var r = recurrent + (row * 4 * hidden);
            var at = row * hidden;
            for (var k = 0; k < hidden; k += V.Count)
            {
                var left = (hidden * together) - k;
                var i = TakeGate<V>(g + k, hidden, left);
                var f = TakeGate<V>(g + hidden + k, hidden, left);
                var n = TakeGate<V>(g + (2 * hidden) + k, hidden, left);
                var o = TakeGate<V>(g + (3 * hidden) + k, hidden, left);
                if (recurrent != null)
                {
                    i += TakeGate<V>(r + k, hidden, left);
                    f += TakeGate<V>(r + hidden + k, hidden, left);
                    n += TakeGate<V>(r + (2 * hidden) + k, hidden, left);
                    o += TakeGate<V>(r + (3 * hidden) + k, hidden, left);
                }

                var before = Load<V>(cellBefore + at + k, left);
                var peep = peepholes + (place * hidden) + k;
                if (peepholes != null)
                {
                    i = V.MultiplyAdd(Load<V>(peep, left), before, i);
                    f = V.MultiplyAdd(Load<V>(peep + plane, left), before, f);
                }

                i = V.Sigmoid(i);
                f = V.Sigmoid(f);
                n = V.Tanh(n);
                var cell = V.MultiplyAdd(f, before, i * n);
                if (peepholes != null)
                {
                    o = V.MultiplyAdd(Load<V>(peep + (2 * plane), left), cell, o);
                }

                o = V.Sigmoid(o);
                var t = V.Tanh(cell);
                var h = o * t;
                PutGate(i, g + k, hidden, left);
                PutGate(f, g + hidden + k, hidden, left);
                PutGate(n, g + (2 * hidden) + k, hidden, left);
                PutGate(o, g + (3 * hidden) + k, hidden, left);
                Store(t, tanhCell + at + k, left);
                Store(h, output + at + k, left);
                if (row < rowsNext)
                {
                    Store(h, hiddenNext + at + k, left);
                    Store(cell, cellNext + at + k, left);
                }
            }
        }
    }

    /// <summary>One step backward.</summary>
    /// <param name="gates">rows × 4H, activated.</param>
    /// <param name="peepholes">3 × places × H, or null for none.</param>
    /// <param name="cellBefore">rows × H.</param>
    /// <param name="tanhCell">rows × H.</param>
    /// <param name="outputGradient">rows × H.</param>
    /// <param name="hiddenGradient">rowsNext × H: what the next step asks of this step's state.</param>
    /// <param name="cellGradient">rows × H: what the next step asks of its cell; after the call, of the cell before.</param>
    /// <param name="gateGradients">rows × 4H, written: gradients before activation.</param>
    /// <param name="peepholeGradients">3 × places × H, added to; null for none.</param>
    /// <param name="rows">Places of all maps of this step.</param>
    /// <param name="rowsNext">Of these, how many run at the next step.</param>
    public void Backward(
        float* gates, float* peepholes, float* cellBefore, float* tanhCell, float* outputGradient, float* hiddenGradient,
        float* cellGradient, float* gateGradients, float* peepholeGradients, long rows, long rowsNext)
    {
        if (Lanes.AreWide)
        {
            Backward<WideLanes>(gates, peepholes, cellBefore, tanhCell, outputGradient, hiddenGradient, cellGradient, gateGradients, peepholeGradients, rows, rowsNext);
        }
        else
        {
            Backward<ProcessorLanes>(gates, peepholes, cellBefore, tanhCell, outputGradient, hiddenGradient, cellGradient, gateGradients, peepholeGradients, rows, rowsNext);
        }
    }

    /// <summary>The same on lanes of a given kind.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Backward<V>(
        float* gates, float* peepholes, float* cellBefore, float* tanhCell, float* outputGradient, float* hiddenGradient,
        float* cellGradient, float* gateGradients, float* peepholeGradients, long rows, long rowsNext)
        where V : struct, ILanes<V>
    {
        var one = V.All(1f);
        var (hidden, plane, together) = (Hidden, (long)Places * Hidden, Together<V>());
        for (long row = 0, place = 0; row < rows; row += together, place = place + together == Places ? 0 : place + together)
        {
            var g = gates + (row * 4 * hidden);
            var d = gateGradients + (row * 4 * hidden);
            var at = row * hidden;
            for (var k = 0; k < hidden; k += V.Count)
            {
                var left = (hidden * together) - k;
                var i = TakeGate<V>(g + k, hidden, left);
                var f = TakeGate<V>(g + hidden + k, hidden, left);
                var n = TakeGate<V>(g + (2 * hidden) + k, hidden, left);
                var o = TakeGate<V>(g + (3 * hidden) + k, hidden, left);
                var before = Load<V>(cellBefore + at + k, left);
                var t = Load<V>(tanhCell + at + k, left);
                var gh = Load<V>(outputGradient + at + k, left);
                if (row < rowsNext)
                {
                    gh += Load<V>(hiddenGradient + at + k, left);
                }

                var toOutput = gh * t * o * (one - o);
                var gc = V.MultiplyAdd(gh * o, one - (t * t), Load<V>(cellGradient + at + k, left));
                var peep = peepholes + (place * hidden) + k;
                if (peepholes != null)
                {
                    gc = V.MultiplyAdd(toOutput, Load<V>(peep + (2 * plane), left), gc);
                }

                var toInput = gc * n * i * (one - i);
                var toForget = gc * before * f * (one - f);
                var toBefore = gc * f;
                if (peepholes != null)
                {
                    toBefore = V.MultiplyAdd(toInput, Load<V>(peep, left), toBefore);
                    toBefore = V.MultiplyAdd(toForget, Load<V>(peep + plane, left), toBefore);
                    var cell = V.MultiplyAdd(f, before, i * n);
                    var sums = peepholeGradients + (place * hidden) + k;
                    Store(V.MultiplyAdd(toInput, before, Load<V>(sums, left)), sums, left);
                    Store(V.MultiplyAdd(toForget, before, Load<V>(sums + plane, left)), sums + plane, left);
                    Store(V.MultiplyAdd(toOutput, cell, Load<V>(sums + (2 * plane), left)), sums + (2 * plane), left);
                }

                PutGate(toInput, d + k, hidden, left);
                PutGate(toForget, d + hidden + k, hidden, left);
                PutGate(gc * i * (one - (n * n)), d + (2 * hidden) + k, hidden, left);
                PutGate(toOutput, d + (3 * hidden) + k, hidden, left);
                Store(toBefore, cellGradient + at + k, left);
            }
        }
    }

    // A gate of half a vector's channels and the same gate of the next place, where two places are taken at once.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V TakeGate<V>(float* source, int hidden, int left)
        where V : struct, ILanes<V> =>
        2 * hidden == V.Count && left == V.Count ? V.LoadHalves(source, source + (4 * hidden)) : Load<V>(source, left);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PutGate<V>(V value, float* target, int hidden, int left)
        where V : struct, ILanes<V>
    {
        if (2 * hidden == V.Count && left == V.Count)
        {
            V.StoreHalves(value, target, target + (4 * hidden));
        }
        else
        {
            Store(value, target, left);
        }
    }

    /// <summary>Places taken at once: two where a state of half a vector's channels would leave the other half idle, and maps have no odd place.</summary>
    private int Together<V>()
        where V : struct, ILanes<V> => 2 * Hidden == V.Count && Places % 2 == 0 ? 2 : 1;
}
