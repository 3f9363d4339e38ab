using Undertone.Features.Descriptors;

namespace Undertone.Features;

/// <summary>The settings of the pitch-class profile (<see cref="PitchClasses"/>).</summary>
public sealed record ChromaOptions : FeatureOptions
{
    /// <summary>The set's name in experiment files.</summary>
    public const string SetName = "chroma";

    /// <summary>Its entry in the catalog.</summary>
    public static FeatureSet Set { get; } = new(SetName, "Energy by the twelve pitch classes, frame by frame.", PitchClasses.Source, new ChromaOptions());

    /// <summary>How audio is cut into frames. Default windows and transforms of 2048 (128 ms), which tell semitones apart from 250 Hz on, every 10 ms.</summary>
    public FramingOptions Frames { get; init; } = new() { FftLength = 2048, WindowLength = 2048 };

    /// <inheritdoc/>
    public override FeatureExtractor CreateExtractor() => new Chroma(this);
}
