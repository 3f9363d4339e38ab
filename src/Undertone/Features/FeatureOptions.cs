namespace Undertone.Features;

/// <summary>The settings of a feature set: a record with documented defaults and named presets.</summary>
public abstract record FeatureOptions
{
    /// <summary>Makes the extractor that these settings describe.</summary>
    /// <exception cref="UndertoneException">The settings contradict each other; the message names the setting.</exception>
    public abstract FeatureExtractor CreateExtractor();
}
