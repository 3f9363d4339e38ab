using Undertone.Torch;

namespace Undertone.Models.Networks;

/// <summary>
/// Convolutions over raw audio in place of a spectrogram: a first block of long, strided kernels, which learns a filter bank,
/// then blocks of short ones, each pooled by four (the plan of Dai et al. 2017, Very deep convolutional neural networks for
/// raw waveforms, doi:10.1109/ICASSP.2017.7952190, of <see cref="LocalFeatureLearningBlock"/>s).
/// </summary>
public sealed class WaveformFrontEnd : Module
{
    private const int Pool = 4;

    private readonly List<LocalFeatureLearningBlock> _blocks = [];

    /// <summary>Creates the stack.</summary>
    /// <param name="channels">Channels of each block, that of the long kernels first.</param>
    /// <param name="kernel">Samples of a long kernel, odd.</param>
    /// <param name="stride">Samples between the long kernels' outputs.</param>
    public WaveformFrontEnd(IReadOnlyList<int> channels, int kernel, int stride)
    {
        ArgumentNullException.ThrowIfNull(channels);
        for (var i = 0; i < channels.Count; i++)
        {
            var block = i == 0
                ? LocalFeatureLearningBlock.OverTime(1, channels[0], kernel, Pool, stride, bias: false)
                : LocalFeatureLearningBlock.OverTime(channels[i - 1], channels[i], kernel: 3, Pool, bias: false);
            _blocks.Add(Register(i == 0 ? "filters" : $"block{i}", block));
            SamplesPerStep *= block.FramesPerStep;
        }

        Width = channels[^1];
    }

    /// <summary>Values of a step.</summary>
    public int Width { get; }

    /// <summary>Samples that one step of the output stands for.</summary>
    public int SamplesPerStep { get; } = 1;

    /// <summary>Applies the stack.</summary>
    /// <param name="samples">[N, samples, 1], zero beyond each length.</param>
    /// <param name="lengths">Valid samples; replaced by valid steps.</param>
    /// <returns>[N, steps, <see cref="Width"/>], zero beyond each length.</returns>
    public Tensor Forward(Tensor samples, ref int[] lengths)
    {
        var x = FrameMaps.OverTime(samples);
        foreach (var block in _blocks)
        {
            x = block.Forward(x, ref lengths);
        }

        return FrameMaps.Columns(x);
    }
}
