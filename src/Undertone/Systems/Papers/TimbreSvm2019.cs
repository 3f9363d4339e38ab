using Undertone.Models;
using Undertone.Models.SupportVectors;
using Undertone.Systems.Traditional;

namespace Undertone.Systems.Papers;

/// <summary>
/// Timbre features with MFCC and support vector machines with a radial basis function. A reconstruction: the review names the
/// kind of features and the classifier, and the paper itself could not be identified.
/// </summary>
public sealed class TimbreSvm2019 : FunctionalsSystem<TimbreSvm2019Settings>
{
    /// <inheritdoc/>
    public override string Name => "timbre-svm-2019";

    /// <inheritdoc/>
    public override string Summary => "Support vector machines (RBF) on functionals of MFCC and timbre descriptors";

    /// <inheritdoc/>
    public override string Citation =>
        "Reference [17] of the review of deep-learning SER, table 3: \"SVM with timbre features and MFCC\", 2019; the paper could not be identified";

    /// <inheritdoc/>
    public override PaperCard Paper { get; } = new()
    {
        Citation = "Not identified: reference [17] in table 3 of the review, a support vector machine on timbre features with MFCC, 2019",
        Input = "functionals of MFCC and of timbre descriptors over the utterance; which, is not known",
        Training = "not known",
        Protocol = "not known",
        Split = new(20, PaperEvidence.Reconstructed),
        Reported =
        [
            new("iemocap", "accuracy", 63.03, "quoted by the review, table 3"),
            new("emodb", "accuracy", 96.49, "quoted by the review, table 3"),
        ],
        Choices =
        [
            new("MFCC with timbre features, support vector machines", PaperEvidence.Printed),
            new("13 MFCC with deltas of both orders", PaperEvidence.Reconstructed),
            new("timbre: centroid, roll-off, flux, flatness, contrast, irregularity, zero crossings, pitch classes", PaperEvidence.Reconstructed),
            new("mean, deviation, skewness, kurtosis and 20th, 50th and 80th percentile of each", PaperEvidence.Reconstructed),
            new("radial basis function, γ = 1 / (values × variance)", PaperEvidence.Reconstructed),
            new("errors cost 10", PaperEvidence.Reconstructed),
        ],
        Deviations =
        [
            "Everything but the two kinds of features and the classifier is reconstructed.",
            "Values are standardised by the training speakers' statistics, and classes weigh the same.",
        ],
        Tried =
        [
            "Costs of 1, 3, 30 and 100 in place of 10: 72.9, 73.5, 72.5 and 72.5 % UAR on EMO-DB's development speakers, against 72.5.",
            "Linear machines with costs of 0.1 and 1: 68.9 % both.",
            "Nothing of it is above the noise, so the settings stayed; the paper's own features are not known.",
        ],
    };

    /// <inheritdoc/>
    protected override IFittedClassifier FitVectors(TimbreSvm2019Settings settings, ClassifierData data)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return SupportVectorMachine.Fit(data, settings.Machine);
    }

    /// <inheritdoc/>
    protected override IFittedClassifier ReadVectors(TimbreSvm2019Settings settings, ModelArrays arrays, int classes)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return SupportVectorMachine.Read(arrays, settings.Machine, classes);
    }
}

/// <summary>The settings of <see cref="TimbreSvm2019"/>.</summary>
public sealed record TimbreSvm2019Settings : FunctionalsSettings
{
    /// <summary>Creates the defaults.</summary>
    public TimbreSvm2019Settings() => Features = "timbre";

    /// <summary>The machines: errors cost 10.</summary>
    public SupportVectorMachineOptions Machine { get; init; } = new() { Cost = 10 };
}
