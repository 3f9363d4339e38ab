using Undertone.Torch;

namespace Undertone.Models;

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
        return features.View(shape[0], shape[1], shape[2] / bands, bands).Permute(0, 2, 1, 3).Contiguous(MemoryFormat.ChannelsLast);
    }

    /// <summary>Frames as maps of one band: every value of a frame is a channel, and convolutions walk over time alone.</summary>
    /// <param name="features">[N, frames, dimensions].</param>
    /// <returns>[N, dimensions, frames, 1], channels-last.</returns>
    public static Tensor OverTime(Tensor features)
    {
        ArgumentNullException.ThrowIfNull(features);
        return features.Permute(0, 2, 1).Unsqueeze(-1).Contiguous(MemoryFormat.ChannelsLast);
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
