using System.Globalization;

namespace Undertone.Models.Mixtures;

/// <summary>How a <see cref="GaussianMixture"/> is estimated.</summary>
public sealed record GaussianMixtureOptions : IValidatedSettings
{
    /// <summary>The number of components; frames of fewer kinds than that get fewer. Default 32.</summary>
    public int Components { get; init; } = 32;

    /// <summary>The greatest number of iterations of expectation maximisation. Default 20.</summary>
    public int Iterations { get; init; } = 20;

    /// <summary>Iterations of k-means that make the start. Default 5.</summary>
    public int StartIterations { get; init; } = 5;

    /// <summary>Ends when an iteration raises the mean log-likelihood a frame by less than this. Default 0.001.</summary>
    public double Tolerance { get; init; } = 1e-3;

    /// <summary>The least variance of a component, as a share of that dimension's variance over all frames. Default 0.01.</summary>
    public double VarianceFloor { get; init; } = 0.01;

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        (string Name, double Value, bool Possible, string Expected)[] checks =
        [
            ("components", Components, Components >= 1, "at least 1"),
            ("iterations", Iterations, Iterations >= 0, "at least 0"),
            ("start-iterations", StartIterations, StartIterations >= 1, "at least 1"),
            ("tolerance", Tolerance, Tolerance >= 0 && double.IsFinite(Tolerance), "at least 0"),
            ("variance-floor", VarianceFloor, VarianceFloor is >= 0 and <= 1, "in [0, 1]"),
        ];
        return checks.Where(c => !c.Possible)
            .Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Name} must be {c.Expected}, but is {c.Value}"));
    }
}

/// <summary>How a class's mixture is adapted from a universal background model.</summary>
public sealed record MapAdaptationOptions : IValidatedSettings
{
    /// <summary>The relevance factor r: a component that explains r frames moves half of the way to them. Default 16.</summary>
    public double Relevance { get; init; } = 16;

    /// <summary>Whether means are adapted. Default true.</summary>
    public bool Means { get; init; } = true;

    /// <summary>Whether weights are adapted. Default false.</summary>
    public bool Weights { get; init; }

    /// <summary>Whether variances are adapted. Default false.</summary>
    public bool Variances { get; init; }

    /// <summary>The least adapted variance, as a share of the background model's. Default 0.1.</summary>
    public double VarianceFloor { get; init; } = 0.1;

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        if (!(Relevance > 0 && double.IsFinite(Relevance)))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"relevance must be greater than 0, but is {Relevance}");
        }

        if (VarianceFloor is not (> 0 and <= 1))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"variance-floor must be in (0, 1], but is {VarianceFloor}");
        }
    }
}
