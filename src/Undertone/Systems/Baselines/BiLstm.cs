using Undertone.Models.Networks;
using Undertone.Torch;

namespace Undertone.Systems.Baselines;

/// <summary>
/// M2 of the review's blueprint: a bidirectional LSTM over sequences of cepstral coefficients, the mean over its
/// states, a linear layer.
/// </summary>
public sealed class BiLstm : DeepSystem<BiLstmSettings>
{
    /// <inheritdoc/>
    public override string Name => "bilstm";

    /// <inheritdoc/>
    public override string Summary => "Bidirectional LSTM on MFCC sequences, mean pooling (M2)";

    /// <inheritdoc/>
    public override string Citation =>
        "Model M2 (Bi-LSTM) of the framework for systematic development and evaluation of SER, Int. J. of Advance and Innovative Research 12(2), 2025, section 6.2; "
        + "Hochreiter & Schmidhuber 1997, doi:10.1162/neco.1997.9.8.1735";

    /// <inheritdoc/>
    public override SequenceClassifier Build(BiLstmSettings settings, int dimensions, int classes) => new RecurrentNetwork(
        settings,
        new Lstm(dimensions * settings.Stack, settings.Units, settings.Layers, bidirectional: settings.Bidirectional ?? true, dropout: settings.Dropout),
        classes);
}

/// <summary>The settings of <see cref="BiLstm"/>.</summary>
public sealed record BiLstmSettings : RecurrentSettings;
