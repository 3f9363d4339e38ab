using Undertone.Torch;
using Undertone.Torch.Kernels;

namespace Undertone.Models.Networks;

/// <summary>
/// A convolution whose output goes back into it: x(t) = relu(norm(W_f * u + W_r * x(t − 1))) for a fixed input u and t = 0 to T,
/// x(−1) being 0 (Liang &amp; Hu 2015, Recurrent convolutional neural network for object recognition,
/// doi:10.1109/CVPR.2015.7298958). W_r is one set of weights for all steps; with each step a unit sees a wider field. The
/// paper's local response normalisation is replaced by batch normalisation, one for each step.
/// </summary>
public sealed class RecurrentConvolutionalLayer : Module
{
    private readonly Conv2d _feedForward;
    private readonly Conv2d _recurrent;
    private readonly List<BatchNorm2d> _norms = [];
    private readonly int _poolFrames;
    private readonly int _poolBands;

    /// <summary>Creates the layer with PyTorch's initialisation.</summary>
    /// <param name="inputs">Channels that come in.</param>
    /// <param name="channels">Channels that go out.</param>
    /// <param name="steps">Times that the output goes back, T; 3 in the paper.</param>
    /// <param name="kernel">The side of both kernels, odd.</param>
    /// <param name="poolFrames">Frames of a pooling window behind the last step.</param>
    /// <param name="poolBands">Bands of a pooling window.</param>
    public RecurrentConvolutionalLayer(int inputs, int channels, int steps = 3, int kernel = 3, int poolFrames = 1, int poolBands = 1)
    {
        (_poolFrames, _poolBands) = (poolFrames, poolBands);
        _feedForward = Register("feed_forward", new Conv2d(inputs, channels, kernel, padding: kernel / 2, bias: false));
        _recurrent = Register("recurrent", new Conv2d(channels, channels, kernel, padding: kernel / 2, bias: false));
        for (var step = 0; step <= steps; step++)
        {
            _norms.Add(Register($"norm{step}", new BatchNorm2d(channels)));
        }
    }

    /// <summary>Applies the layer.</summary>
    /// <param name="x">[N, inputs, frames, bands], zero beyond each length; channels-last is the fastest layout.</param>
    /// <param name="lengths">Valid frames; replaced by those of the output.</param>
    /// <returns>[N, channels, frames / pool, bands / pool], zero beyond each length.</returns>
    public Tensor Forward(Tensor x, ref int[] lengths)
    {
        var drive = _feedForward.Forward(x);
        var (state, valid) = (drive, lengths);
        for (var step = 0; step < _norms.Count - 1; step++)
        {
            state = drive + _recurrent.Forward(Fused.BatchNormReluMaxPool(state, _norms[step], 1, 1, valid));
        }

        lengths = Array.ConvertAll(valid, l => l / _poolFrames);
        return Fused.BatchNormReluMaxPool(state, _norms[^1], _poolFrames, _poolBands, valid);
    }
}
