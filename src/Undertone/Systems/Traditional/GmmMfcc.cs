using System.Text.Json.Serialization;
using Undertone.Features;
using Undertone.Models;
using Undertone.Models.Mixtures;

namespace Undertone.Systems.Traditional;

/// <summary>
/// The classical generative system: a diagonal Gaussian mixture for each emotion over cepstral coefficients with their
/// deltas; the class whose mixture finds the frames most likely wins. Optionally every class is adapted from one
/// background model of all frames.
/// </summary>
public sealed class GmmMfcc : TraditionalSystem<GmmMfccSettings>
{
    /// <inheritdoc/>
    public override string Name => "gmm-mfcc";

    /// <inheritdoc/>
    public override string Summary => "Gaussian mixture a class on MFCC frames";

    /// <inheritdoc/>
    public override string Citation =>
        "Reynolds & Rose 1995, doi:10.1109/89.365379; Reynolds, Quatieri & Dunn 2000, doi:10.1006/dspr.1999.0361";

    /// <inheritdoc/>
    public override IFittedClassifier Fit(GmmMfccSettings settings, ClassifierData data)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return LikelihoodClassifier.Fit(data, settings.Members, settings.CalibrationGroups, (byClass, random) =>
        {
            if (settings.Background is not { } adaptation)
            {
                return [.. byClass.Select(c => c.Count == 0 ? null : GaussianMixture.Fit(c, settings.Mixture, random).Mixture)];
            }

            var background = GaussianMixture.Fit([.. byClass.SelectMany(c => c)], settings.Mixture, random).Mixture;
            return [.. byClass.Select(c => c.Count == 0 ? null : background.Adapt(c, adaptation))];
        });
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<double> Speeds(GmmMfccSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings.Speeds;
    }

    /// <inheritdoc/>
    public override IFittedClassifier Read(GmmMfccSettings settings, ModelArrays arrays, int classes)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return LikelihoodClassifier.Read(arrays, classes, settings.Members, GaussianMixture.Read);
    }
}

/// <summary>The settings of <see cref="GmmMfcc"/>.</summary>
public sealed record GmmMfccSettings : LikelihoodSettings
{
    /// <summary>The mixtures.</summary>
    public GaussianMixtureOptions Mixture { get; init; } = new() { Components = 32, Iterations = 15 };

    /// <summary>How classes are adapted from a background model of all frames; null estimates each class by itself.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MapAdaptationOptions? Background { get; init; }
}
