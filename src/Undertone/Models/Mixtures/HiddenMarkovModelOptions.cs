using System.Globalization;

namespace Undertone.Models.Mixtures;

/// <summary>Which states may follow one another.</summary>
public enum HmmTopology
{
    /// <summary>Each state is followed by itself or the next one, beginning with the first (Bakis); a sequence may end in any.</summary>
    LeftToRight,

    /// <summary>Every state may follow every state, and begin.</summary>
    Ergodic,
}

/// <summary>How a <see cref="HiddenMarkovModel"/> is estimated.</summary>
public sealed record HiddenMarkovModelOptions : IValidatedSettings
{
    /// <summary>The number of states. Default 4.</summary>
    public int States { get; init; } = 4;

    /// <summary>Which states may follow one another. Default left to right.</summary>
    public HmmTopology Topology { get; init; } = HmmTopology.LeftToRight;

    /// <summary>The greatest number of iterations of Baum–Welch. Default 10.</summary>
    public int Iterations { get; init; } = 10;

    /// <summary>Ends when an iteration raises the log-likelihood a frame by less than this. Default 0.001.</summary>
    public double Tolerance { get; init; } = 1e-3;

    /// <summary>The mixture of each state and how it starts.</summary>
    public GaussianMixtureOptions Mixture { get; init; } = new() { Components = 8, Iterations = 5 };

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        (string Name, double Value, bool Possible, string Expected)[] checks =
        [
            ("states", States, States >= 1, "at least 1"),
            ("iterations", Iterations, Iterations >= 0, "at least 0"),
            ("tolerance", Tolerance, Tolerance >= 0 && double.IsFinite(Tolerance), "at least 0"),
        ];
        return checks.Where(c => !c.Possible)
            .Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Name} must be {c.Expected}, but is {c.Value}"));
    }
}
