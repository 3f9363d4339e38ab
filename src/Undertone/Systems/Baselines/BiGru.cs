using Undertone.Models.Networks;
using Undertone.Torch;

namespace Undertone.Systems.Baselines;

/// <summary>
/// M3 of the review's blueprint: a bidirectional GRU over sequences of cepstral coefficients, the mean over its
/// states, a linear layer.
/// </summary>
public sealed class BiGru : DeepSystem<BiGruSettings>
{
    /// <inheritdoc/>
    public override string Name => "bigru";

    /// <inheritdoc/>
    public override string Summary => "Bidirectional GRU on MFCC sequences, mean pooling (M3)";

    /// <inheritdoc/>
    public override string Citation =>
        "Model M3 (Bi-GRU) of the framework for systematic development and evaluation of SER, Int. J. of Advance and Innovative Research 12(2), 2025, section 6.2; "
        + "Cho et al. 2014, doi:10.3115/v1/D14-1179";

    /// <inheritdoc/>
    public override SequenceClassifier Build(BiGruSettings settings, int dimensions, int classes) => new RecurrentNetwork(
        settings,
        new Gru(dimensions * settings.Stack, settings.Units, settings.Layers, bidirectional: settings.Bidirectional ?? true, dropout: settings.Dropout),
        classes);
}

/// <summary>The settings of <see cref="BiGru"/>.</summary>
public sealed record BiGruSettings : RecurrentSettings;
