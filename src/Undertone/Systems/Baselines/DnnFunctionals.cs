using Undertone.Models.Networks;
using Undertone.Training;

namespace Undertone.Systems.Baselines;

/// <summary>
/// A deep network of fully connected layers on functionals: one vector an utterance in, two or three hidden layers of
/// rectified units with batch normalisation and dropout, a linear layer out.
/// </summary>
public sealed class DnnFunctionals : DeepSystem<DnnFunctionalsSettings>
{
    /// <inheritdoc/>
    public override string Name => "dnn-functionals";

    /// <inheritdoc/>
    public override string Summary => "Fully connected network on functionals";

    /// <inheritdoc/>
    public override string Citation =>
        "Stuhlsatz et al. 2011, doi:10.1109/ICASSP.2011.5947651; functionals of Eyben et al. 2016, doi:10.1109/TAFFC.2015.2457417";

    /// <inheritdoc/>
    public override SequenceClassifier Build(DnnFunctionalsSettings settings, int dimensions, int classes) =>
        new FullyConnectedNetwork(dimensions, settings.Hidden, classes, settings.Dropout, settings.InputDropout);
}

/// <summary>The settings of <see cref="DnnFunctionals"/>.</summary>
public sealed record DnnFunctionalsSettings : FullyConnectedSettings
{
    /// <summary>Creates the defaults.</summary>
    public DnnFunctionalsSettings()
    {
        Training = new TrainingSettings { Epochs = 60, BatchSize = 32, LearningRate = 1e-3, Patience = 20 };
        Features = "egemaps";
        Hidden = [256, 128];
    }
}
