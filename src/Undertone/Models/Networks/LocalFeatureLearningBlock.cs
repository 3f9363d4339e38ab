using Undertone.Torch;
using Undertone.Torch.Kernels;

namespace Undertone.Models.Networks;

/// <summary>
/// Convolution, batch normalisation, exponential linear unit, max-pooling: the local feature learning block of Zhao, Mao &amp;
/// Chen 2019, doi:10.1016/j.bspc.2018.08.035. Over frames × bands, or over time alone, which is one band with kernels and
/// windows one band wide (<see cref="OverTime"/>).
/// </summary>
/// <remarks>
/// The ELU rises everywhere, so that the greatest value of a window is the same before and after it; it is applied after the
/// pooling, to fewer values.
/// </remarks>
public sealed class LocalFeatureLearningBlock : Module
{
    private readonly Conv2d _conv;
    private readonly BatchNorm2d _norm;
    private readonly ELU _elu;
    private readonly Size2 _stride;
    private readonly Size2 _pool;
    private readonly bool _overTime;

    /// <summary>Creates the block with PyTorch's initialisation.</summary>
    /// <param name="inputs">Channels that come in.</param>
    /// <param name="channels">Channels that go out.</param>
    /// <param name="kernel">Frames × bands of a kernel, odd; the edges are filled up with zeros.</param>
    /// <param name="pool">Frames × bands of a pooling window; windows do not overlap, an incomplete one is dropped.</param>
    /// <param name="stride">The convolution's step; null for 1.</param>
    /// <param name="bias">Whether the convolution has a bias, as in the paper; the normalisation that follows makes it superfluous.</param>
    /// <exception cref="ArgumentException">A kernel is even.</exception>
    public LocalFeatureLearningBlock(int inputs, int channels, Size2 kernel, Size2 pool, Size2? stride = null, bool bias = true)
        : this(inputs, channels, kernel, pool, stride ?? 1, bias, overTime: false)
    {
    }

    private LocalFeatureLearningBlock(int inputs, int channels, Size2 kernel, Size2 pool, Size2 stride, bool bias, bool overTime)
    {
        if (kernel.Height % 2 == 0 || kernel.Width % 2 == 0)
        {
            throw new ArgumentException($"a kernel of {kernel} has no middle; expected odd sizes.", nameof(kernel));
        }

        (_pool, _stride, _overTime) = (pool, stride, overTime);
        _conv = Register("conv", overTime
            ? FrameMaps.ConvolutionOverTime(inputs, channels, kernel.Height, stride.Height, bias: bias)
            : new Conv2d(inputs, channels, kernel, stride, (kernel.Height / 2, kernel.Width / 2), bias: bias));
        _norm = Register("norm", new BatchNorm2d(channels));
        _elu = Register("elu", new ELU());
    }

    /// <summary>Frames that one frame of the output stands for.</summary>
    public int FramesPerStep => (int)(_stride.Height * _pool.Height);

    /// <summary>Creates a block over time: [N, inputs, frames, 1] to [N, channels, frames', 1].</summary>
    /// <param name="inputs">Channels that come in.</param>
    /// <param name="channels">Channels that go out.</param>
    /// <param name="kernel">Frames of a kernel, odd.</param>
    /// <param name="pool">Frames of a pooling window.</param>
    /// <param name="stride">The convolution's step.</param>
    /// <param name="bias">Whether the convolution has a bias.</param>
    public static LocalFeatureLearningBlock OverTime(int inputs, int channels, int kernel = 3, int pool = 4, int stride = 1, bool bias = true) =>
        new(inputs, channels, (kernel, 1), (pool, 1), (stride, 1), bias, overTime: true);

    /// <summary>Bands that come out of so many.</summary>
    /// <param name="bands">Bands that go in.</param>
    public int BandsOut(int bands) => (int)((bands + _stride.Width - 1) / _stride.Width / _pool.Width);

    /// <summary>Applies the block.</summary>
    /// <param name="x">[N, inputs, frames, bands], zero beyond each length; channels-last is the fastest layout.</param>
    /// <param name="lengths">Valid frames; replaced by those of the output.</param>
    /// <returns>[N, channels, frames', bands'], zero beyond each length.</returns>
    public Tensor Forward(Tensor x, ref int[] lengths)
    {
        var (step, window) = ((int)_stride.Height, (int)_pool.Height);
        var strided = Array.ConvertAll(lengths, l => (l + step - 1) / step);
        lengths = Array.ConvertAll(strided, l => l / window);
        return _elu.Forward(_overTime
            ? FrameMaps.ConvolveAndPoolOverTime(_conv, _norm, x, window, strided)
            : Fused.BatchNormMaxPool(_conv.Forward(x), _norm, window, (int)_pool.Width, strided));
    }
}
