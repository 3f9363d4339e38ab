using Undertone.Torch;

namespace Undertone.Models.Networks;

/// <summary>
/// A stack of convolution blocks over a spectrogram: from frames of bands to fewer, richer columns. The frequency axis
/// is kept to the end and unrolled, because where in frequency a pattern lies tells emotions apart.
/// </summary>
public sealed class ConvFrontEnd : Module
{
    private readonly List<ConvBlock> _blocks = [];
    private readonly int _bands;

    /// <summary>Creates the stack: a strided 5 × 5 stem, then 3 × 3 blocks; each halves the bands, all but the last the frames.</summary>
    /// <param name="dimensions">Values of a feature frame: a whole number of spectrograms of <paramref name="bands"/> bands, each a channel.</param>
    /// <param name="bands">Bands of one spectrogram.</param>
    /// <param name="channels">Channels of each block, the stem first.</param>
    public ConvFrontEnd(int dimensions, int bands, IReadOnlyList<int> channels)
    {
        _bands = bands;
        var inputs = dimensions / bands;
        var left = bands;
        for (var i = 0; i < channels.Count; i++)
        {
            var poolFrames = i == 0 || i == channels.Count - 1 ? 1 : 2;
            var block = i == 0
                ? new ConvBlock(inputs, channels[0], kernel: 5, stride: 2)
                : new ConvBlock(channels[i - 1], channels[i], poolFrames: poolFrames, poolBands: 2);
            _blocks.Add(Register(i == 0 ? "stem" : $"block{i}", block));
            left = block.BandsOut(left);
            FramesPerColumn *= i == 0 ? 2 : poolFrames;
        }

        Width = left * channels[^1];
    }

    /// <summary>Values of a column.</summary>
    public int Width { get; }

    /// <summary>Feature frames that one column stands for.</summary>
    public int FramesPerColumn { get; } = 1;

    /// <summary>Applies the stack.</summary>
    /// <param name="features">[N, frames, dimensions].</param>
    /// <param name="lengths">Valid frames; replaced by valid columns.</param>
    /// <returns>[N, columns, <see cref="Width"/>], zero beyond each length.</returns>
    public Tensor Forward(Tensor features, ref int[] lengths)
    {
        var x = FrameMaps.Spectrograms(features, _bands);
        foreach (var block in _blocks)
        {
            x = block.Forward(x, ref lengths);
        }

        return x.Permute(0, 2, 3, 1).Flatten(2);
    }
}
