using Undertone.Speech;

namespace Undertone.Features;

/// <summary>Statistics of MFCC, <see cref="SpectralShape"/> and <see cref="Chroma"/> over the utterance, side by side in one frame.</summary>
public sealed class Timbre : FeatureExtractor
{
    private readonly JoinedFeatures _parts;

    /// <summary>Makes the extractor.</summary>
    /// <param name="options">The settings.</param>
    /// <exception cref="UndertoneException">A setting is impossible; the message names it.</exception>
    public Timbre(TimbreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _parts = new JoinedFeatures(new JoinedOptions
        {
            Sets = [.. ((FeatureOptions[])[options.Mfcc, options.Shape, options.Chroma]).Select(set => new FunctionalsOfOptions { Set = set, Statistics = options.Statistics })],
        });
        Fingerprint = $"{Name}/1 {_parts.Fingerprint}";
    }

    /// <inheritdoc/>
    public override string Name => TimbreOptions.SetName;

    /// <inheritdoc/>
    public override string Fingerprint { get; }

    /// <inheritdoc/>
    public override int Dimensions => _parts.Dimensions;

    /// <inheritdoc/>
    public override double HopSeconds => 0;

    /// <inheritdoc/>
    public override bool IsFunctionals => true;

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureDescription> Describe() => _parts.Describe();

    /// <inheritdoc/>
    public override FeatureMatrix Extract(Waveform waveform) => _parts.Extract(waveform);
}
