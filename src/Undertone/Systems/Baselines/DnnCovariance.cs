using Undertone.Models.Networks;
using Undertone.Training;

namespace Undertone.Systems.Baselines;

/// <summary>
/// A fully connected network on log-covariances of short-time descriptors (<see cref="Features.LogCovariance"/>) and the four
/// small sets that <c>svm-covariance</c> joins to them: the matrix logarithm lays covariances out in a flat space, in which
/// layers of weighted sums are at home. One hidden layer, since there are ten times as many values as a corpus has utterances.
/// </summary>
public sealed class DnnCovariance : DeepSystem<DnnCovarianceSettings>
{
    /// <inheritdoc/>
    public override string Name => "dnn-covariance";

    /// <inheritdoc/>
    public override string Summary => "Fully connected network on log-covariances, eGeMAPS, prosody, timbre and modulation";

    /// <inheritdoc/>
    public override string Citation =>
        "Arsigny et al. 2006, doi:10.1002/mrm.20965; Stuhlsatz et al. 2011, doi:10.1109/ICASSP.2011.5947651";

    /// <inheritdoc/>
    public override SequenceClassifier Build(DnnCovarianceSettings settings, int dimensions, int classes) =>
        new FullyConnectedNetwork(dimensions, settings.Hidden, classes, settings.Dropout, settings.InputDropout);
}

/// <summary>The settings of <see cref="DnnCovariance"/>.</summary>
public sealed record DnnCovarianceSettings : FullyConnectedSettings
{
    /// <summary>Creates the defaults, found on development speakers (docs/results/tuning.md).</summary>
    public DnnCovarianceSettings()
    {
        Training = new TrainingSettings { Epochs = 30, BatchSize = 64, LearningRate = 1e-3 };
        Features = "log-covariance+egemaps+prosody+timbre+modulation-spectrum";
        Hidden = [128];
    }
}
