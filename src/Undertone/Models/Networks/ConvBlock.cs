using Undertone.Torch;
using Undertone.Torch.Kernels;

namespace Undertone.Models.Networks;

/// <summary>Convolution over frames × bands, batch normalisation, rectifier, max-pooling.</summary>
public sealed class ConvBlock : Module
{
    private readonly Conv2d _conv;
    private readonly BatchNorm2d _norm;
    private readonly int _stride;
    private readonly int _poolFrames;
    private readonly int _poolBands;

    /// <summary>Creates the block with PyTorch's initialisation.</summary>
    /// <param name="inputs">Channels that come in.</param>
    /// <param name="channels">Channels that go out.</param>
    /// <param name="kernel">The side of the square kernel, odd.</param>
    /// <param name="stride">The convolution's step, 1 or 2, along both axes.</param>
    /// <param name="poolFrames">Frames of a pooling window.</param>
    /// <param name="poolBands">Bands of a pooling window.</param>
    public ConvBlock(int inputs, int channels, int kernel = 3, int stride = 1, int poolFrames = 1, int poolBands = 1)
    {
        _stride = stride;
        _poolFrames = poolFrames;
        _poolBands = poolBands;
        // The normalisation that follows makes a bias superfluous.
        _conv = Register("conv", new Conv2d(inputs, channels, kernel, stride: stride, padding: kernel / 2, bias: false));
        _norm = Register("norm", new BatchNorm2d(channels));
    }

    /// <summary>Bands that come out of so many.</summary>
    /// <param name="bands">Bands that go in.</param>
    public int BandsOut(int bands) => ((bands + _stride - 1) / _stride) / _poolBands;

    /// <summary>Applies the block.</summary>
    /// <param name="x">[N, inputs, frames, bands], zero beyond each length.</param>
    /// <param name="lengths">Valid frames; replaced by those of the output.</param>
    /// <returns>[N, channels, frames', bands'], zero beyond each length.</returns>
    public Tensor Forward(Tensor x, ref int[] lengths)
    {
        var strided = Array.ConvertAll(lengths, l => (l + _stride - 1) / _stride);
        lengths = Array.ConvertAll(strided, l => l / _poolFrames);
        return Fused.BatchNormReluMaxPool(_conv.Forward(x), _norm, _poolFrames, _poolBands, strided);
    }
}
