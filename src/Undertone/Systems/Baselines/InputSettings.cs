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
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Input { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public sealed override FeatureOptions FeatureSet => Input is null ? OwnFeatures : FeatureSetCatalog.Default.Get(Input).Options;

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
    public override IEnumerable<string> Problems()
    {
        var problems = base.Problems().ToList();
        try
        {
            if (Input is not null)
            {
                problems.AddRange(InputProblems(FeatureSet.CreateExtractor()));
            }
        }
        catch (UndertoneException error)
        {
            problems.Add($"input: {error.Message}");
        }

        return problems;
    }

    /// <summary>Says why a set that <see cref="Input"/> names does not serve.</summary>
    /// <param name="extractor">The set.</param>
    protected virtual IEnumerable<string> InputProblems(FeatureExtractor extractor)
    {
        ArgumentNullException.ThrowIfNull(extractor);
        if (extractor.IsFunctionals)
        {
            yield return $"input must be a frame-wise feature set, but '{Input}' is one vector an utterance; dnn-functionals takes such";
        }

        if (Augmentation.FrequencyShift > 0 && Input != LogMelOptions.SetName)
        {
            yield return $"augmentation.frequency-shift moves mel bands, and the values of '{Input}' are none; set it to 0";
        }
    }
}
