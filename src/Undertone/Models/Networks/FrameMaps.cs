using Undertone.Torch;
using Undertone.Torch.Kernels;

namespace Undertone.Models.Networks;

/// <summary>Sequences of frames as the maps that 2-D convolutions walk over, and back.</summary>
public static class FrameMaps
{
    /// <summary>Frames of one or more spectrograms as maps of frames × bands, one channel a spectrogram.</summary>
    /// <param name="features">[N, frames, dimensions].</param>
    /// <param name="bands">Bands of one spectrogram, a divisor of the dimensions.</param>
    /// <returns>[N, dimensions / bands, frames, bands], channels-last.</returns>
    public static Tensor Spectrograms(Tensor features, int bands)
    {
        ArgumentNullException.ThrowIfNull(features);
        var shape = features.Shape;
        return ChannelsLast(features.View(shape[0], shape[1], shape[2] / bands, bands).Permute(0, 2, 1, 3));
    }

    /// <summary>
    /// Maps in an order that libtorch knows for channels-last: it reads the order off the strides, and where there is one channel or
    /// one row <see cref="Tensor.Contiguous"/> leaves any. Taken for the other order, a convolution copies its input and its output
    /// and walks them more slowly, two to six times as long in all.
    /// </summary>
    /// <remarks>
    /// Not for a strided kernel of one value over one channel: there oneDNN 2.6, of libtorch 1.13, writes beyond its memory when
    /// the order is channels-last.
    /// </remarks>
    /// <param name="maps">[N, channels, height, width].</param>
    /// <returns>The same values; of the same memory where they lie channels-last already.</returns>
    public static Tensor ChannelsLast(Tensor maps)
    {
        ArgumentNullException.ThrowIfNull(maps);
        var shape = maps.Shape;
        return maps.Permute(0, 2, 3, 1).Contiguous().Flatten(1).View(shape[0], shape[2], shape[3], shape[1]).Permute(0, 3, 1, 2);
    }

    /// <summary>Frames as maps of one band: every value of a frame is a channel, and convolutions walk over time alone.</summary>
    /// <param name="features">[N, frames, dimensions].</param>
    /// <returns>[N, dimensions, frames, 1], channels-last.</returns>
    public static Tensor OverTime(Tensor features)
    {
        ArgumentNullException.ThrowIfNull(features);
        return features.Permute(0, 2, 1).Unsqueeze(-1).Contiguous(MemoryFormat.ChannelsLast);
    }

    /// <summary>A convolution for <see cref="ConvolveOverTime"/>; the edges are filled up with zeros.</summary>
    /// <param name="inputs">Channels that come in.</param>
    /// <param name="channels">Channels that go out.</param>
    /// <param name="kernel">Frames of a kernel, odd.</param>
    /// <param name="stride">Frames between its outputs.</param>
    /// <param name="dilation">The distance of its taps.</param>
    /// <param name="bias">Whether it has a bias.</param>
    public static Conv2d ConvolutionOverTime(int inputs, int channels, long kernel, long stride = 1, long dilation = 1, bool bias = true) =>
        new(inputs, channels, (1, kernel), (1, stride), (0, dilation * (kernel / 2)), (1, dilation), bias: bias);

    /// <summary>
    /// Convolves maps of one band along time. Time lies along the width: the same numbers in the same memory, but libtorch's
    /// kernels walk the width in blocks and the height step by step; a height of time takes two to eight times as long.
    /// </summary>
    /// <param name="convolution">A <see cref="ConvolutionOverTime"/>.</param>
    /// <param name="maps">[N, inputs, frames, 1], channels-last.</param>
    /// <returns>[N, channels, frames', 1], channels-last.</returns>
    public static Tensor ConvolveOverTime(Conv2d convolution, Tensor maps)
    {
        ArgumentNullException.ThrowIfNull(convolution);
        ArgumentNullException.ThrowIfNull(maps);
        var wide = maps.Transpose(2, 3);
        return convolution.Forward(maps.Size(1) == 1 && convolution.Weight.Size(3) == 1 ? wide : ChannelsLast(wide)).Transpose(2, 3);
    }

    /// <summary>Convolves maps of one band along time, normalises the batch and takes the greatest value of each window.</summary>
    /// <param name="convolution">A <see cref="ConvolutionOverTime"/>.</param>
    /// <param name="norm">The normalisation.</param>
    /// <param name="maps">[N, inputs, frames, 1], channels-last, zero beyond each length.</param>
    /// <param name="pool">Frames of a window behind the convolution; windows do not overlap, an incomplete one is dropped.</param>
    /// <param name="lengths">Valid frames behind the convolution.</param>
    /// <returns>[N, channels, frames' / pool, 1], channels-last, zero beyond each length / pool.</returns>
    public static Tensor ConvolveAndPoolOverTime(Conv2d convolution, BatchNorm2d norm, Tensor maps, int pool, int[] lengths)
    {
        ArgumentNullException.ThrowIfNull(convolution);
        ArgumentNullException.ThrowIfNull(maps);
        var wide = maps.Transpose(2, 3);
        return Fused.ServesFilterBank(wide, convolution)
            ? Fused.FilterBankNormMaxPool(wide, convolution, norm, pool, lengths).Transpose(2, 3)
            : Fused.BatchNormMaxPool(ConvolveOverTime(convolution, maps), norm, pool, 1, lengths);
    }

    /// <summary>Spectrogram images as photographs stand: red, green and blue, the highest frequency above, time to the right.</summary>
    /// <param name="features">[N, width, channels × height], one or three channels; one is shown three times.</param>
    /// <param name="height">The image's height.</param>
    /// <returns>[N, 3, height, width], channels-last.</returns>
    public static Tensor Images(Tensor features, int height)
    {
        ArgumentNullException.ThrowIfNull(features);
        var shape = features.Shape;
        var images = features.View(shape[0], shape[1], shape[2] / height, height).Permute(0, 2, 3, 1).Flip(2);
        return images.Expand(shape[0], 3, height, shape[1]).Contiguous(MemoryFormat.ChannelsLast);
    }

    /// <summary>Maps as sequences of columns: the band axis is unrolled.</summary>
    /// <param name="maps">[N, channels, frames, bands].</param>
    /// <returns>[N, frames, bands × channels].</returns>
    public static Tensor Columns(Tensor maps)
    {
        ArgumentNullException.ThrowIfNull(maps);
        return maps.Permute(0, 2, 3, 1).Flatten(2);
    }
}
