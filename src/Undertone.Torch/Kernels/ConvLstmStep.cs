using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static Undertone.Torch.Kernels.VectorMath;

namespace Undertone.Torch.Kernels;

/// <summary>
/// What a convolutional LSTM does between its convolutions, for all maps of one time step (Shi et al. 2015,
/// arXiv:1506.04214, equation 3): maps are channels-last, so that each place of a map is a row of channels, and a row
/// of 4H gates lies together. Gates are in the order input, forget, cell, output. Of a state of eight channels two
/// neighbouring places fill a vector.
/// </summary>
internal readonly unsafe struct ConvLstmStep
{
    /// <summary>Channels of the state, H.</summary>
    public required int Hidden { get; init; }

    /// <summary>Places of a map.</summary>
    public required int Places { get; init; }

    /// <summary>Places taken at once: two where a state of eight channels leaves half a vector, and maps have no odd place.</summary>
    private int Together => Hidden == 8 && Places % 2 == 0 ? 2 : 1;

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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward(
        float* gates, float* recurrent, float* peepholes, float* cellBefore, float* tanhCell, float* output,
        float* hiddenNext, float* cellNext, long rows, long rowsNext)
    {
        var (hidden, plane, together) = (Hidden, (long)Places * Hidden, Together);
        for (long row = 0, place = 0; row < rows; row += together, place = place + together == Places ? 0 : place + together)
        {
            var g = gates + (row * 4 * hidden);
            var r = recurrent + (row * 4 * hidden);
            var at = row * hidden;
            for (var k = 0; k < hidden; k += 16)
            {
                var left = (hidden * together) - k;
                var i = TakeGate(g + k, hidden, left);
                var f = TakeGate(g + hidden + k, hidden, left);
                var n = TakeGate(g + (2 * hidden) + k, hidden, left);
                var o = TakeGate(g + (3 * hidden) + k, hidden, left);
                if (recurrent != null)
                {
                    i += TakeGate(r + k, hidden, left);
                    f += TakeGate(r + hidden + k, hidden, left);
                    n += TakeGate(r + (2 * hidden) + k, hidden, left);
                    o += TakeGate(r + (3 * hidden) + k, hidden, left);
                }

                var before = Take(cellBefore + at + k, left);
                var peep = peepholes + (place * hidden) + k;
                if (peepholes != null)
                {
                    i = Vector512.FusedMultiplyAdd(Take(peep, left), before, i);
                    f = Vector512.FusedMultiplyAdd(Take(peep + plane, left), before, f);
                }

                i = Sigmoid(i);
                f = Sigmoid(f);
                n = Tanh(n);
                var cell = Vector512.FusedMultiplyAdd(f, before, i * n);
                if (peepholes != null)
                {
                    o = Vector512.FusedMultiplyAdd(Take(peep + (2 * plane), left), cell, o);
                }

                o = Sigmoid(o);
                var t = Tanh(cell);
                var h = o * t;
                PutGate(i, g + k, hidden, left);
                PutGate(f, g + hidden + k, hidden, left);
                PutGate(n, g + (2 * hidden) + k, hidden, left);
                PutGate(o, g + (3 * hidden) + k, hidden, left);
                Put(t, tanhCell + at + k, left);
                Put(h, output + at + k, left);
                if (row < rowsNext)
                {
                    Put(h, hiddenNext + at + k, left);
                    Put(cell, cellNext + at + k, left);
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Backward(
        float* gates, float* peepholes, float* cellBefore, float* tanhCell, float* outputGradient, float* hiddenGradient,
        float* cellGradient, float* gateGradients, float* peepholeGradients, long rows, long rowsNext)
    {
        var one = Vector512<float>.One;
        var (hidden, plane, together) = (Hidden, (long)Places * Hidden, Together);
        for (long row = 0, place = 0; row < rows; row += together, place = place + together == Places ? 0 : place + together)
        {
            var g = gates + (row * 4 * hidden);
            var d = gateGradients + (row * 4 * hidden);
            var at = row * hidden;
            for (var k = 0; k < hidden; k += 16)
            {
                var left = (hidden * together) - k;
                var i = TakeGate(g + k, hidden, left);
                var f = TakeGate(g + hidden + k, hidden, left);
                var n = TakeGate(g + (2 * hidden) + k, hidden, left);
                var o = TakeGate(g + (3 * hidden) + k, hidden, left);
                var before = Take(cellBefore + at + k, left);
                var t = Take(tanhCell + at + k, left);
                var gh = Take(outputGradient + at + k, left);
                if (row < rowsNext)
                {
                    gh += Take(hiddenGradient + at + k, left);
                }

                var toOutput = gh * t * o * (one - o);
                var gc = Vector512.FusedMultiplyAdd(gh * o, one - (t * t), Take(cellGradient + at + k, left));
                var peep = peepholes + (place * hidden) + k;
                if (peepholes != null)
                {
                    gc = Vector512.FusedMultiplyAdd(toOutput, Take(peep + (2 * plane), left), gc);
                }

                var toInput = gc * n * i * (one - i);
                var toForget = gc * before * f * (one - f);
                var toBefore = gc * f;
                if (peepholes != null)
                {
                    toBefore = Vector512.FusedMultiplyAdd(toInput, Take(peep, left), toBefore);
                    toBefore = Vector512.FusedMultiplyAdd(toForget, Take(peep + plane, left), toBefore);
                    var cell = Vector512.FusedMultiplyAdd(f, before, i * n);
                    var sums = peepholeGradients + (place * hidden) + k;
                    Put(Vector512.FusedMultiplyAdd(toInput, before, Take(sums, left)), sums, left);
                    Put(Vector512.FusedMultiplyAdd(toForget, before, Take(sums + plane, left)), sums + plane, left);
                    Put(Vector512.FusedMultiplyAdd(toOutput, cell, Take(sums + (2 * plane), left)), sums + (2 * plane), left);
                }

                PutGate(toInput, d + k, hidden, left);
                PutGate(toForget, d + hidden + k, hidden, left);
                PutGate(gc * i * (one - (n * n)), d + (2 * hidden) + k, hidden, left);
                PutGate(toOutput, d + (3 * hidden) + k, hidden, left);
                Put(toBefore, cellGradient + at + k, left);
            }
        }
    }

    // A gate of eight channels and the same gate of the next place, where two places are taken at once.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> TakeGate(float* source, int hidden, int left) =>
        hidden == 8 && left == 16 ? Vector512.Create(Vector256.Load(source), Vector256.Load(source + 32)) : Take(source, left);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PutGate(Vector512<float> value, float* target, int hidden, int left)
    {
        if (hidden == 8 && left == 16)
        {
            value.GetLower().Store(target);
            value.GetUpper().Store(target + 32);
        }
        else
        {
            Put(value, target, left);
        }
    }

    // Maps have few channels: eight are as common as sixteen, and a call for them would cost more than the step.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Take(float* source, int left) =>
        left == 8 ? Vector512.Create(Vector256.Load(source), Vector256<float>.Zero) : Load(source, left);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(Vector512<float> value, float* target, int left)
    {
        if (left == 8)
        {
            value.GetLower().Store(target);
        }
        else
        {
            Store(value, target, left);
        }
    }
}
