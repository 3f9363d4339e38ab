using System.Text.Json.Serialization;
using Undertone.Features;

namespace Undertone.Systems.Baselines;

/// <summary>The settings that systems share which take frames of their own features or, by one setting, of any frame-wise set.</summary>
public abstract record InputSettings : DeepSettings
{
    /// <summary>
    /// A frame-wise feature set by name, with its default settings, in place of <c>features</c>: <c>plp</c>, <c>lfcc</c>,
    /// <c>spectral-shape</c>; null for <c>features</c>.
    /// </summary>
    [InPlaceOf("features")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Input { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public sealed override FeatureOptions FeatureSet => FrameInput.Options(Input, OwnFeatures);

    /// <inheritdoc/>
    [JsonIgnore]
    public sealed override int Bands => Input is null ? OwnBands : FeatureSet.CreateExtractor().Dimensions;

    /// <summary>The feature set where <see cref="Input"/> names none.</summary>
    [JsonIgnore]
    protected abstract FeatureOptions OwnFeatures { get; }

    /// <summary>Values of one of its frames that are neighbouring bands.</summary>
    [JsonIgnore]
    protected abstract int OwnBands { get; }

    /// <inheritdoc/>
    public override IEnumerable<string> Problems() => [.. base.Problems(), .. FrameInput.Problems(Input, "dnn-functionals", InputProblems)];

    /// <summary>Says why a set that <see cref="Input"/> names does not serve.</summary>
    /// <param name="extractor">The set.</param>
    protected virtual IEnumerable<string> InputProblems(FeatureExtractor extractor) => Augmentation.FrequencyShift > 0 && Input != LogMelOptions.SetName
        ? [$"augmentation.frequency-shift moves mel bands, and the values of '{Input}' are none; set it to 0"]
        : [];
}
