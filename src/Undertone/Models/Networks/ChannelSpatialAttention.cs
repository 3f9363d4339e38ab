using Undertone.Torch;

namespace Undertone.Models.Networks;

/// <summary>
/// Weighs the places of a map by what and by where: a small perceptron looks at the mean of each channel, dilated convolutions
/// at each place, and the sum of both through a sigmoid says how much of a value is added to itself (Park, Woo, Lee, Kweon 2018,
/// BAM: Bottleneck attention module, arXiv:1807.06514, without its normalisation; where CBAM, Woo et al. 2018, arXiv:1807.06521,
/// applies one map after the other).
/// </summary>
public sealed class ChannelSpatialAttention : Module
{
    private readonly Linear _squeeze;
    private readonly Linear _excite;
    private readonly Conv2d _narrow;
    private readonly Conv2d _dilated1;
    private readonly Conv2d _dilated2;
    private readonly Conv2d _place;

    /// <summary>Creates the module.</summary>
    /// <param name="channels">Channels of a map.</param>
    /// <param name="reduction">By how much both paths are narrower; a divisor of the channels.</param>
    /// <param name="dilation">The distance of the taps of the spatial path's kernels.</param>
    public ChannelSpatialAttention(int channels, int reduction, int dilation)
    {
        var width = channels / reduction;
        _squeeze = Register("squeeze", new Linear(channels, width));
        _excite = Register("excite", new Linear(width, channels));
        _narrow = Register("narrow", new Conv2d(channels, width, 1));
        _dilated1 = Register("dilated1", new Conv2d(width, width, 3, padding: dilation, dilation: dilation));
        _dilated2 = Register("dilated2", new Conv2d(width, width, 3, padding: dilation, dilation: dilation));
        _place = Register("place", new Conv2d(width, 1, 1));
    }

    /// <summary>Weighs maps of one size.</summary>
    /// <param name="x">[N, channels, height, width].</param>
    /// <returns>The same shape.</returns>
    public Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        var what = _excite.Forward(_squeeze.Forward(x.Mean([2, 3])).Relu()).Unsqueeze(-1).Unsqueeze(-1);
        var where = _place.Forward(_dilated2.Forward(_dilated1.Forward(_narrow.Forward(x).Relu()).Relu()).Relu());
        return x + (x * (what + where).Sigmoid());
    }
}
