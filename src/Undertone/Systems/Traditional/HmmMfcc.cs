using Undertone.Models;
using Undertone.Models.Mixtures;

namespace Undertone.Systems.Traditional;

/// <summary>
/// A left-to-right hidden Markov model for each emotion over cepstral coefficients with their deltas; the class whose
/// model finds the whole utterance most likely, over all paths, wins.
/// </summary>
public sealed class HmmMfcc : TraditionalSystem<HmmMfccSettings>
{
    /// <inheritdoc/>
    public override string Name => "hmm-mfcc";

    /// <inheritdoc/>
    public override string Summary => "Left-to-right hidden Markov model a class on MFCC frames";

    /// <inheritdoc/>
    public override string Citation => "Rabiner 1989, doi:10.1109/5.18626; Nwe, Foo & De Silva 2003, doi:10.1016/S0167-6393(03)00099-2";

    /// <inheritdoc/>
    public override IFittedClassifier Fit(HmmMfccSettings settings, ClassifierData data)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return LikelihoodClassifier.Fit(data, settings.Members, settings.CalibrationGroups, (byClass, random) =>
            [.. byClass.Select(c => c.Count == 0 ? null : HiddenMarkovModel.Fit(c, settings.Model, random).Model)]);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<double> Speeds(HmmMfccSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings.Speeds;
    }

    /// <inheritdoc/>
    public override IFittedClassifier Read(HmmMfccSettings settings, ModelArrays arrays, int classes)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return LikelihoodClassifier.Read(arrays, classes, settings.Members, HiddenMarkovModel.Read);
    }
}

/// <summary>The settings of <see cref="HmmMfcc"/>.</summary>
public sealed record HmmMfccSettings : LikelihoodSettings
{
    /// <summary>Creates the defaults.</summary>
    public HmmMfccSettings() => Members = 4;

    /// <summary>The models.</summary>
    public HiddenMarkovModelOptions Model { get; init; } = new()
    {
        States = 5,
        Iterations = 6,
        Mixture = new GaussianMixtureOptions { Components = 8, Iterations = 5 },
    };
}
