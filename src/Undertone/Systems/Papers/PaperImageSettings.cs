using System.Text.Json.Serialization;
using Undertone.Features;

namespace Undertone.Systems.Papers;

/// <summary>The settings that published networks share which see spectrograms as pictures.</summary>
public abstract record PaperImageSettings : PaperSettings
{
    /// <summary>The picture: the short-time Fourier transform, or segments of it.</summary>
    public SpectrogramImageOptions Features { get; init; } = new();

    /// <inheritdoc/>
    [JsonIgnore]
    public override FeatureOptions FeatureSet => Features;

    /// <inheritdoc/>
    [JsonIgnore]
    public override int Bands => Features.Height;

    /// <summary>Whether the network sees segments of a picture as wide as the utterance is long, rather than one picture of fixed size.</summary>
    [JsonIgnore]
    protected abstract bool Segmented { get; }

    /// <summary>The smallest height and, of fixed pictures, width that strides and pooling leave something of.</summary>
    [JsonIgnore]
    protected abstract int SmallestSide { get; }

    /// <inheritdoc/>
    public override IEnumerable<string> Problems()
    {
        var fit = Features.Fit.ToString().ToLowerInvariant();
        (bool Wrong, string Text)[] checks =
        [
            (Segmented && Features.Fit != ImageFit.Whole, $"features.fit must be whole, since the network cuts the picture into segments itself, but is {fit}"),
            (!Segmented && Features.Fit == ImageFit.Whole, "features.fit must be resize or crop, since the network sees pictures of one size, but is whole"),
            (Features.Height < SmallestSide, FormattableString.Invariant($"features.height must be at least {SmallestSide}, but is {Features.Height}")),
            (!Segmented && Features.Width < SmallestSide, FormattableString.Invariant($"features.width must be at least {SmallestSide}, but is {Features.Width}")),
            (!Segmented && Augmentation.TimeStretch > 0, "augmentation.time-stretch must be 0: it changes the width of pictures; augmentation.speeds changes the speed of the audio"),
        ];
        return [.. base.Problems(), .. checks.Where(c => c.Wrong).Select(c => c.Text)];
    }
}
