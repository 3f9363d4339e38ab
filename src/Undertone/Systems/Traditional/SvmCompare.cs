using Undertone.Models;
using Undertone.Models.SupportVectors;

namespace Undertone.Systems.Traditional;

/// <summary>
/// The baseline of the ComParE challenges: the 6373 functionals of ComParE 2016, standardised, and linear support vector
/// machines whose cost is small because there are more values than utterances.
/// </summary>
public sealed class SvmCompare : FunctionalsSystem<SvmCompareSettings>
{
    /// <inheritdoc/>
    public override string Name => "svm-compare";

    /// <inheritdoc/>
    public override string Summary => "Linear support vector machines on ComParE 2016 functionals";

    /// <inheritdoc/>
    public override string Citation =>
        "Schuller et al. 2016, doi:10.21437/Interspeech.2016-129; Chang & Lin 2011, doi:10.1145/1961189.1961199";

    /// <inheritdoc/>
    protected override IFittedClassifier FitVectors(SvmCompareSettings settings, ClassifierData data)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return SupportVectorMachine.Fit(data, settings.Machine);
    }

    /// <inheritdoc/>
    protected override IFittedClassifier ReadVectors(SvmCompareSettings settings, ModelArrays arrays, int classes)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return SupportVectorMachine.Read(arrays, settings.Machine, classes);
    }
}

/// <summary>The settings of <see cref="SvmCompare"/>.</summary>
public sealed record SvmCompareSettings : FunctionalsSettings
{
    /// <summary>Creates the defaults.</summary>
    public SvmCompareSettings() => Features = "compare-2016";

    /// <summary>The machines.</summary>
    public SupportVectorMachineOptions Machine { get; init; } = new() { Kernel = SvmKernel.Linear, Cost = 0.001 };
}
