using Undertone.Torch;
using Undertone.Torch.Kernels;

namespace Undertone.Models;

/// <summary>
/// Two convolutions with batch normalisation whose result is added to the input: the basic block of He, Zhang, Ren &amp; Sun
/// 2016, doi:10.1109/CVPR.2016.90. Where size or channels change, the input is projected by a 1 × 1 convolution (their
/// option B). Over frames × bands, or over time alone with kernels one band wide; dilated after Yu &amp; Koltun 2016,
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

    /// <summary>Creates the block with PyTorch's initialisation.</summary>
    /// <param name="inputs">Channels that come in.</param>
    /// <param name="channels">Channels that go out.</param>
    /// <param name="kernel">Frames × bands of both kernels, odd; null for 3 × 3.</param>
    /// <param name="stride">The first convolution's step; null for 1.</param>
    /// <param name="dilation">The distance of the kernels' taps; null for 1.</param>
    public ResidualBlock(int inputs, int channels, Size2? kernel = null, Size2? stride = null, Size2? dilation = null)
    {
        var (size, step, apart) = (kernel ?? 3, stride ?? 1, dilation ?? 1);
        var padding = new Size2(apart.Height * (size.Height / 2), apart.Width * (size.Width / 2));
        _step = (int)step.Height;
        _conv1 = Register("conv1", new Conv2d(inputs, channels, size, step, padding, apart, bias: false));
        _norm1 = Register("norm1", new BatchNorm2d(channels));
        _conv2 = Register("conv2", new Conv2d(channels, channels, size, 1, padding, apart, bias: false));
        _norm2 = Register("norm2", new BatchNorm2d(channels));
        if (inputs != channels || step != 1)
        {
            _projection = Register("projection", new Conv2d(inputs, channels, 1, step, bias: false));
            _projectionNorm = Register("projection_norm", new BatchNorm2d(channels));
        }
    }

    /// <summary>Applies the block.</summary>
    /// <param name="x">[N, inputs, frames, bands], zero beyond each length; channels-last is the fastest layout.</param>
    /// <param name="lengths">Valid frames; replaced by those of the output, ⌈length / stride⌉.</param>
    /// <returns>[N, channels, frames', bands'], zero beyond each length.</returns>
    public Tensor Forward(Tensor x, ref int[] lengths)
    {
        ArgumentNullException.ThrowIfNull(x);
        var strided = lengths = Array.ConvertAll(lengths, l => (l + _step - 1) / _step);
        var y = Fused.BatchNormReluMaxPool(_conv1.Forward(x), _norm1, 1, 1, strided);
        y = Fused.BatchNormMaxPool(_conv2.Forward(y), _norm2, 1, 1, strided);
        var shortcut = _projection is null ? x : Fused.BatchNormMaxPool(_projection.Forward(x), _projectionNorm!, 1, 1, strided);
        return (y + shortcut).Relu();
    }
}
