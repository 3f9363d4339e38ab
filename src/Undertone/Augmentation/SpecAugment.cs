using Undertone.Features;

namespace Undertone.Augmentation;

/// <summary>
/// Masks random blocks of bands and of frames with zero, the mean of normalised features (Park et al. 2019,
/// SpecAugment, doi:10.21437/Interspeech.2019-2680; without its time warping).
/// </summary>
/// <param name="settings">How many masks and how wide.</param>
/// <param name="bands">Bands of one spectrogram; a frame may hold several of them (deltas), each masked alike.</param>
public sealed class SpecAugment(SpecAugmentSettings settings, int bands) : FeatureAugmentation
{
    /// <inheritdoc/>
    public override FeatureMatrix Apply(FeatureMatrix features, SeededRandom random)
    {
        var masked = new FeatureMatrix((float[])features.Values.Clone(), features.Frames, features.Dimensions);
        for (var i = 0; i < settings.FrequencyMasks; i++)
        {
            var width = random.NextInt(Math.Min(settings.FrequencyWidth, bands) + 1);
            var start = random.NextInt(bands - width + 1);
            for (var t = 0; t < masked.Frames; t++)
            {
                for (var group = 0; group < masked.Dimensions; group += bands)
                {
                    masked[t].Slice(group + start, width).Clear();
                }
            }
        }

        for (var i = 0; i < settings.TimeMasks; i++)
        {
            // Never more than a quarter of an utterance in one mask, so that short ones keep their content.
            var width = random.NextInt(Math.Min(settings.TimeWidth, masked.Frames / 4) + 1);
            var start = random.NextInt(masked.Frames - width + 1);
            masked.Values.AsSpan(start * masked.Dimensions, width * masked.Dimensions).Clear();
        }

        return masked;
    }
}

/// <summary>The settings of <see cref="SpecAugment"/>.</summary>
public sealed record SpecAugmentSettings
{
    /// <summary>Masks over bands.</summary>
    public int FrequencyMasks { get; init; } = 1;

    /// <summary>The widest, in bands; widths are uniform from 0.</summary>
    public int FrequencyWidth { get; init; } = 8;

    /// <summary>Masks over time.</summary>
    public int TimeMasks { get; init; } = 1;

    /// <summary>The longest, in frames; lengths are uniform from 0.</summary>
    public int TimeWidth { get; init; } = 20;
}
