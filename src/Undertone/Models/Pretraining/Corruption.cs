using Undertone.Torch;

namespace Undertone.Models.Pretraining;

/// <summary>How what a denoising auto-encoder sees is corrupted.</summary>
public enum CorruptionKind
{
    /// <summary>Values are set to 0, which of standardised values is the mean.</summary>
    Masking,

    /// <summary>Normal noise is added.</summary>
    Gaussian,
}

/// <summary>
/// The corruption from which a denoising auto-encoder makes whole rows again (Vincent et al. 2010, Stacked denoising autoencoders,
/// https://www.jmlr.org/papers/v11/vincent10a.html, section 3.3).
/// </summary>
public sealed record Corruption : IValidatedSettings
{
    /// <summary>How values are corrupted.</summary>
    public CorruptionKind Kind { get; init; } = CorruptionKind.Masking;

    /// <summary>Of masking, the share of values that are set to 0; of Gaussian noise, its standard deviation.</summary>
    public double Level { get; init; } = 0.25;

    /// <summary>Corrupts rows, each value by itself, anew in each call.</summary>
    /// <param name="rows">Any shape.</param>
    /// <returns>A tensor of that shape.</returns>
    public Tensor Apply(Tensor rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Kind == CorruptionKind.Masking ? rows.MaskedFill(rows.RandLike() < Level, 0.0) : rows.Add(rows.RandnLike(), Level);
    }

    /// <inheritdoc/>
    public IEnumerable<string> Problems() => PretrainingProblems.Of(
        Kind == CorruptionKind.Masking ? ("level", Level, Level is >= 0 and < 1, "in [0, 1)") : ("level", Level, Level >= 0, "at least 0"));
}
