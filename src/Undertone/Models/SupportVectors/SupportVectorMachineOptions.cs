using System.Globalization;
using System.Text.Json.Serialization;

namespace Undertone.Models.SupportVectors;

/// <summary>The kernel of a support vector machine.</summary>
public enum SvmKernel
{
    /// <summary>⟨x, y⟩.</summary>
    Linear,

    /// <summary>exp(−γ ‖x − y‖²), the radial basis function.</summary>
    Rbf,
}

/// <summary>The settings of <see cref="SupportVectorMachine"/>.</summary>
public sealed record SupportVectorMachineOptions : IValidatedSettings
{
    /// <summary>The kernel. Default radial basis function.</summary>
    public SvmKernel Kernel { get; init; } = SvmKernel.Rbf;

    /// <summary>What an error costs (C), before class weights. Default 1.</summary>
    public double Cost { get; init; } = 1;

    /// <summary>γ of the radial basis function; null is 1 / (D × variance of all training values), as scikit-learn's <c>gamma="scale"</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Gamma { get; init; }

    /// <summary>Into how many groups the training speakers are parted to learn how far a margin is to be trusted. Default 5.</summary>
    public int CalibrationGroups { get; init; } = 5;

    /// <summary>
    /// The memory that products of all pairs of training rows may take, in megabytes; null is 1024, of about 8000 rows. Of
    /// more rows libsvm computes products as it needs them: slower, with the same decisions.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? PairMegabytes { get; init; }

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        if (PairMegabytes < 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"pair-megabytes must be at least 0, but is {PairMegabytes}");
        }

        if (!(Cost > 0 && double.IsFinite(Cost)))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"cost must be greater than 0, but is {Cost}");
        }

        if (Gamma is { } gamma && !(gamma > 0 && double.IsFinite(gamma)))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"gamma must be greater than 0, but is {gamma}");
        }

        if (CalibrationGroups < 2)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"calibration-groups must be at least 2, but is {CalibrationGroups}");
        }
    }
}
