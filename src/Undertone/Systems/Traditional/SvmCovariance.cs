using System.Globalization;
using Undertone.Features;
using Undertone.Models;
using Undertone.Models.SupportVectors;

namespace Undertone.Systems.Traditional;

/// <summary>
/// Linear support vector machines on several feature sets whose kernels are averaged: each set has its say by its weight
/// and not by how many values it has, so that 42 of prosody are heard beside 4176 of covariance (Gönen &amp; Alpaydın 2011,
/// "Multiple kernel learning algorithms", JMLR 12, 2211–2268, section 3.1: fixed rules).
/// </summary>
public sealed class SvmCovariance : TraditionalSystem<SvmCovarianceSettings>
{
    /// <inheritdoc/>
    public override string Name => "svm-covariance";

    /// <inheritdoc/>
    public override string Summary => "Linear support vector machines on log-covariances, eGeMAPS, prosody, timbre and modulation";

    /// <inheritdoc/>
    public override string Citation =>
        "Arsigny et al. 2006, doi:10.1002/mrm.20965; Gönen & Alpaydın 2011, JMLR 12, 2211–2268; Chang & Lin 2011, doi:10.1145/1961189.1961199";

    /// <inheritdoc/>
    public override IFittedClassifier Fit(SvmCovarianceSettings settings, ClassifierData data)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(data);
        var factors = settings.Factors();
        var scaled = data with { Features = [.. data.Features.Select(f => Scaled.Apply(f, factors))] };
        var machine = FeatureReduction.Fit(scaled, settings.Selection, settings.Projection, reduced => SupportVectorMachine.Fit(reduced, settings.Machine));
        return new Scaled(machine, factors);
    }

    /// <inheritdoc/>
    public override IFittedClassifier Read(SvmCovarianceSettings settings, ModelArrays arrays, int classes)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var factors = settings.Factors();
        var machine = FeatureReduction.Read(
            arrays, factors.Length, settings.Selection, settings.Projection, a => SupportVectorMachine.Read(a, settings.Machine, classes));
        return new Scaled(machine, factors);
    }

    private sealed class Scaled(IFittedClassifier machine, float[] factors) : IFittedClassifier
    {
        public long Parameters => machine.Parameters;

        public long MultiplyAdds(int frames) => factors.Length + machine.MultiplyAdds(frames);

        public static FeatureMatrix Apply(FeatureMatrix features, float[] factors) =>
            new([.. features.Values.Select((v, i) => v * factors[i % factors.Length])], features.Frames, features.Dimensions);

        public double[] Probabilities(FeatureMatrix features) => machine.Probabilities(Apply(features, factors));

        public void Write(ModelArrays arrays) => machine.Write(arrays);
    }
}

/// <summary>The settings of <see cref="SvmCovariance"/>.</summary>
public sealed record SvmCovarianceSettings : FunctionalsSettings
{
    /// <summary>Creates the defaults.</summary>
    public SvmCovarianceSettings() => Features = "log-covariance+egemaps+prosody+timbre+modulation-spectrum";

    /// <summary>The weight of each set's kernel, in the order of <c>features</c>; empty weighs all alike.</summary>
    public IReadOnlyList<double> SetWeights { get; init; } = [8, 1, 1, 1, 1];

    /// <summary>The machines. A row's values have squares that sum to about 1, so the cost is larger than on single sets.</summary>
    public SupportVectorMachineOptions Machine { get; init; } = new() { Kernel = SvmKernel.Linear, Cost = 1 };

    /// <inheritdoc/>
    public override IEnumerable<string> Problems()
    {
        var problems = base.Problems().ToList();
        var sets = Features.Split('+').Length;
        if (SetWeights.Count > 0 && SetWeights.Count != sets)
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"set-weights has {SetWeights.Count} values for {sets} sets of features; expected one each, or none"));
        }

        if (!SetWeights.All(w => w > 0 && double.IsFinite(w)))
        {
            problems.Add($"set-weights must be greater than 0, but are [{string.Join(", ", SetWeights.Select(w => w.ToString(CultureInfo.InvariantCulture)))}]");
        }

        return problems;
    }

    /// <summary>What each value is multiplied with so that the kernel of all is the weighted mean of the sets' own.</summary>
    internal float[] Factors()
    {
        var extractor = FeatureSet.CreateExtractor();
        IReadOnlyList<FeatureExtractor> sets = extractor is JoinedFeatures joined ? joined.Sets : [extractor];
        var weights = SetWeights.Count > 0 ? SetWeights : [.. sets.Select(_ => 1.0)];
        return [.. sets.SelectMany((set, s) => Enumerable.Repeat((float)Math.Sqrt(weights[s] / weights.Sum() / set.Dimensions), set.Dimensions))];
    }
}
