using Undertone.Torch.Kernels;

namespace Undertone.Torch.Tests.Kernels;

/// <summary>Kernels on vectors of 512 bits and on those of the processor give the same bits, so that a result does not depend on which were there.</summary>
public unsafe class LanesTests
{
    private readonly Random _random = new(7);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 2)]
    [InlineData(8, 2)]
    [InlineData(12, 2)]
    [InlineData(16, 1)]
    [InlineData(19, 3)]
    [InlineData(40, 2)]
    public void Normalisation_and_pooling(int channels, int pool)
    {
        const int batch = 3, frames = 9, bands = 7;
        var walk = new NormReluPool { Batch = batch, Frames = frames, Bands = bands, Channels = channels, PoolFrames = pool, PoolBands = pool, Lengths = [9, 4, 1] };
        var size = batch * frames * bands * channels;
        float[] x = Numbers(size), scale = Numbers(channels), shift = Numbers(channels), slope = Numbers(channels), offset = Numbers(channels), mean = Numbers(channels);
        var gradient = Numbers(batch * walk.OutputFrames * walk.OutputBands * channels);

        Agree(Run<WideLanes>(), Run<ProcessorLanes>());

        List<Array> Run<V>()
            where V : struct, ILanes<V>
        {
            float[] means = new float[channels], variances = new float[channels], y = new float[gradient.Length], dx = new float[size];
            double[] sum = new double[walk.PaddedChannels], weighted = new double[walk.PaddedChannels];
            fixed (float* px = x, pa = scale, ps = shift, py = y, pg = gradient, pm = mean, pp = slope, po = offset, pd = dx)
            fixed (double* s = sum, w = weighted)
            {
                walk.Statistics<V>(px, means, variances);
                walk.Forward<V>(px, pa, ps, py);
                walk.BackwardSums<V>(px, pa, ps, py, pg, pm, s, w);
                walk.Backward<V>(px, pa, ps, py, pg, pp, po, pd);
            }

            return [means, variances, y, sum, weighted, dx];
        }
    }

    [Theory]
    [InlineData(2, 4, true)]
    [InlineData(4, 6, true)]
    [InlineData(8, 6, true)]
    [InlineData(8, 5, false)]
    [InlineData(16, 4, true)]
    [InlineData(20, 3, false)]
    public void A_step_of_a_convolutional_lstm(int hidden, int places, bool peepholes)
    {
        var walk = new ConvLstmStep { Hidden = hidden, Places = places };
        int rows = 3 * places, next = 2 * places, size = rows * hidden;
        float[] gates = Numbers(4 * size), recurrent = Numbers(4 * size), peeps = Numbers(3 * places * hidden), cell = Numbers(size);
        float[] dy = Numbers(size), dh = Numbers(size), dc = Numbers(size);

        Agree(Run<WideLanes>(), Run<ProcessorLanes>());

        List<Array> Run<V>()
            where V : struct, ILanes<V>
        {
            float[] activated = [.. gates], tanh = new float[size], output = new float[size], hiddenNext = new float[size], cellNext = new float[size];
            float[] toCell = [.. dc], toGates = new float[4 * size], toPeeps = new float[peeps.Length];
            fixed (float* g = activated, r = recurrent, p = peeps, c = cell, t = tanh, o = output, hn = hiddenNext, cn = cellNext, py = dy, ph = dh, pc = toCell, pg = toGates, pp = toPeeps)
            {
                walk.Forward<V>(g, r, peepholes ? p : null, c, t, o, hn, cn, rows, next);
                walk.Backward<V>(g, peepholes ? p : null, c, t, py, ph, pc, pg, peepholes ? pp : null, rows, next);
            }

            return [activated, tanh, output, hiddenNext, cellNext, toCell, toGates, .. peepholes ? new[] { toPeeps } : []];
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(37)]
    public void Steps_of_recurrent_cells(int hidden)
    {
        const int rows = 3, next = 2;
        var size = rows * hidden;
        float[] gates = Numbers(4 * size), recurrent = Numbers(3 * size), before = Numbers(size), dy = Numbers(size), dh = Numbers(size), dc = Numbers(size);

        Agree(Run<WideLanes>(), Run<ProcessorLanes>());

        List<Array> Run<V>()
            where V : struct, ILanes<V>
        {
            float[] lstm = [.. gates], tanh = new float[size], y = new float[size], h = new float[size], c = new float[size], toCell = [.. dc], toGates = new float[4 * size];
            float[] gru = [.. gates], share = new float[size], z = new float[size], next1 = new float[size], toHidden = [.. dh], toInput = new float[3 * size], toRecurrent = new float[3 * size];
            fixed (float* g = lstm, t = tanh, b = before, o = y, hn = h, cn = c, py = dy, ph = dh, pc = toCell, pg = toGates)
            fixed (float* u = gru, r = recurrent, s = share, pz = z, hz = next1, qh = toHidden, qi = toInput, qr = toRecurrent)
            {
                LstmCell.Forward<V>(g, b, t, o, hidden, hn, cn, rows, next, hidden);
                LstmCell.Backward<V>(g, b, t, py, hidden, ph, pc, pg, rows, hidden);
                GruCell.Forward<V>(u, r, s, b, pz, hidden, hz, rows, next, hidden);
                GruCell.Backward<V>(u, s, b, py, hidden, qh, qi, qr, rows, hidden);
            }

            return [lstm, tanh, y, h, c, toCell, toGates, gru, share, z, next1, toHidden, toInput, toRecurrent];
        }
    }

    [Theory]
    [InlineData(5, 3)]
    [InlineData(24, 4)]
    public void Filters_of_a_signal(int channels, int pool)
    {
        const int batch = 2, samples = 300, kernel = 5;
        var walk = new FilterBankPool(batch, samples, channels, kernel, pool, [300, 131]);
        float[] x = Numbers(batch * samples), weights = Numbers(kernel * walk.PaddedChannels), shift = Numbers(walk.PaddedChannels);
        var gradient = Numbers(batch * walk.Windows * channels);

        Agree(Run<WideLanes>(), Run<ProcessorLanes>());

        // The moments are sums over all lanes, whose order is the width's.
        fixed (float* px = x)
        {
            var (wide, own) = (walk.Moments<WideLanes>(px), walk.Moments<ProcessorLanes>(px));
            wide.Sums.ShouldBe(own.Sums, 1e-4);
            wide.Products.Cast<double>().ShouldBe(own.Products.Cast<double>(), 1e-4);
        }

        List<Array> Run<V>()
            where V : struct, ILanes<V>
        {
            var y = new float[gradient.Length];
            fixed (float* px = x, w = weights, s = shift, py = y, g = gradient)
            {
                walk.Forward<V>(px, w, s, py);
                var (sum, seen) = walk.Backward<V>(px, w, s, py, g);
                return [y, sum, seen];
            }
        }
    }

    private static void Agree(List<Array> wide, List<Array> own)
    {
        foreach (var (expected, actual) in wide.Zip(own))
        {
            actual.ShouldBe(expected);
            expected.Cast<IFormattable>().Any(v => v.ToString("R", null) is not "0").ShouldBeTrue();
        }
    }

    private float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (_random.NextSingle() * 4) - 2)];
}
