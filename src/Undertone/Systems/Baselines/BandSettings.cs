using System.Text.Json.Serialization;
using Undertone.Features;

namespace Undertone.Systems.Baselines;

/// <summary>
/// The settings that systems share which see frames side by side as an image: its height is the values of a frame, which
/// each block of convolutions halves.
/// </summary>
public abstract record BandSettings : InputSettings
{
    /// <summary>Blocks that each halve the bands.</summary>
    [JsonIgnore]
    protected abstract int Halvings { get; }

    /// <inheritdoc/>
    public override IEnumerable<string> Problems() =>
    [
        .. base.Problems(),
        .. Input is not null || OwnBands >> Halvings >= 1
            ? Array.Empty<string>()
            : [$"{Halvings} blocks halve the bands to nothing: features.bands must be at least {1 << Halvings}, but is {OwnBands}"],
    ];

    /// <inheritdoc/>
    protected override IEnumerable<string> InputProblems(FeatureExtractor extractor)
    {
        ArgumentNullException.ThrowIfNull(extractor);
        // Functionals have no frames to be laid side by side; that is said already.
        return
        [
            .. base.InputProblems(extractor),
            .. extractor.IsFunctionals || extractor.Dimensions >> Halvings >= 1
                ? Array.Empty<string>()
                : [$"{Halvings} blocks halve the values of a frame to nothing: input must give at least {1 << Halvings}, but '{Input}' gives {extractor.Dimensions}"],
        ];
    }
}
