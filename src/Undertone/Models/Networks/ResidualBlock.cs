using Undertone.Torch;
using Undertone.Torch.Kernels;

namespace Undertone.Models.Networks;

/// <summary>
/// Two convolutions with batch normalisation whose result is added to the input: the basic block of He, Zhang, Ren &amp; Sun
/// 2016, doi:10.1109/CVPR.2016.90. Where size or channels change, the input is projected by a 1 × 1 convolution (their
/// option B). Over frames × bands, or over time alone (<see cref="OverTime"/>); dilated after Yu &amp; Koltun 2016,
/// arXiv:1511.07122.
/// </summary>
public sealed class ResidualBlock : Module
{
    private readonly Conv2d _conv1;
    private readonly BatchNorm2d _norm1;
    private readonly Conv2d _conv2;
    private readonly BatchNorm2d _norm2;
    private readonly Conv2d? _projection;
    private readonly BatchNorm2d? _projectionNorm;
    private readonly int _step;
    private readonly bool _overTime;

    /// <summary>Creates the block with PyTorch's initialisation.</summary>
    /// <param name="inputs">Channels that come in.</param>
    /// <param name="channels">Channels that go out.</param>
    /// <param name="kernel">Frames × bands of both kernels, odd; null for 3 × 3.</param>
    /// <param name="stride">The first convolution's step; null for 1.</param>
    /// <param name="dilation">The distance of the kernels' taps; null for 1.</param>
    public ResidualBlock(int inputs, int channels, Size2? kernel = null, Size2? stride = null, Size2? dilation = null)
        : this(inputs, channels, kernel ?? 3, stride ?? 1, dilation ?? 1, overTime: false)
    {
    }

    private ResidualBlock(int inputs, int channels, Size2 kernel, Size2 stride, Size2 dilation, bool overTime)
    {
        (_step, _overTime) = ((int)stride.Height, overTime);
        var padding = new Size2(dilation.Height * (kernel.Height / 2), dilation.Width * (kernel.Width / 2));
        Conv2d Convolution(int from, Size2 size, Size2 step, Size2 reach) => overTime
            ? FrameMaps.ConvolutionOverTime(from, channels, size.Height, step.Height, dilation.Height, bias: false)
            : new Conv2d(from, channels, size, step, reach, dilation, bias: false);
        _conv1 = Register("conv1", Convolution(inputs, kernel, stride, padding));
        _norm1 = Register("norm1", new BatchNorm2d(channels));
        _conv2 = Register("conv2", Convolution(channels, kernel, 1, padding));
        _norm2 = Register("norm2", new BatchNorm2d(channels));
        if (inputs != channels || stride != 1)
        {
            _projection = Register("projection", Convolution(inputs, 1, stride, 0));
            _projectionNorm = Register("projection_norm", new BatchNorm2d(channels));
        }
    }

    /// <summary>Creates a block over time: [N, inputs, frames, 1] to [N, channels, frames', 1].</summary>
    /// <param name="inputs">Channels that come in.</param>
    /// <param name="channels">Channels that go out.</param>
    /// <param name="kernel">Frames of both kernels, odd.</param>
    /// <param name="stride">The first convolution's step.</param>
    /// <param name="dilation">The distance of the kernels' taps.</param>
    public static ResidualBlock OverTime(int inputs, int channels, int kernel = 3, int stride = 1, int dilation = 1) =>
        new(inputs, channels, (kernel, 1), (stride, 1), (dilation, 1), overTime: true);

    /// <summary>Applies the block.</summary>
    /// <param name="x">[N, inputs, frames, bands], zero beyond each length; channels-last is the fastest layout.</param>
    /// <param name="lengths">Valid frames; replaced by those of the output, ⌈length / stride⌉.</param>
    /// <returns>[N, channels, frames', bands'], zero beyond each length.</returns>
    public Tensor Forward(Tensor x, ref int[] lengths)
    {
        ArgumentNullException.ThrowIfNull(x);
        var strided = lengths = Array.ConvertAll(lengths, l => (l + _step - 1) / _step);
        var y = Fused.BatchNormReluMaxPool(Convolve(_conv1, x), _norm1, 1, 1, strided);
        y = Fused.BatchNormMaxPool(Convolve(_conv2, y), _norm2, 1, 1, strided);
        var shortcut = _projection is null ? x : Fused.BatchNormMaxPool(Convolve(_projection, x), _projectionNorm!, 1, 1, strided);
        return (y + shortcut).Relu();
    }

    private Tensor Convolve(Conv2d convolution, Tensor x) => _overTime ? FrameMaps.ConvolveOverTime(convolution, x) : convolution.Forward(x);
}
