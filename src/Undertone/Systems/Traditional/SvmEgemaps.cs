using Undertone.Models;
using Undertone.Models.SupportVectors;

namespace Undertone.Systems.Traditional;

/// <summary>
/// The usual yardstick of affective computing: the 88 functionals of eGeMAPS v02, standardised, and support vector
/// machines with a radial basis function.
/// </summary>
public sealed class SvmEgemaps : FunctionalsSystem<SvmEgemapsSettings>
{
    /// <inheritdoc/>
    public override string Name => "svm-egemaps";

    /// <inheritdoc/>
    public override string Summary => "Support vector machines (RBF) on eGeMAPS functionals";

    /// <inheritdoc/>
    public override string Citation =>
        "Eyben et al. 2016, doi:10.1109/TAFFC.2015.2457417; Chang & Lin 2011, doi:10.1145/1961189.1961199";

    /// <inheritdoc/>
    protected override IFittedClassifier FitVectors(SvmEgemapsSettings settings, ClassifierData data)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return SupportVectorMachine.Fit(data, settings.Machine);
    }

    /// <inheritdoc/>
    protected override IFittedClassifier ReadVectors(SvmEgemapsSettings settings, ModelArrays arrays, int classes)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return SupportVectorMachine.Read(arrays, settings.Machine, classes);
    }
}

/// <summary>The settings of <see cref="SvmEgemaps"/>.</summary>
public sealed record SvmEgemapsSettings : FunctionalsSettings
{
    /// <summary>
    /// The machines: errors cost 3, and γ is 0.003, about a quarter of 1 / D for the 88 values, which is smoother than
    /// scikit-learn's habit and did better on the development speakers (docs/results/tuning.md).
    /// </summary>
    public SupportVectorMachineOptions Machine { get; init; } = new() { Cost = 3, Gamma = 0.003 };
}
