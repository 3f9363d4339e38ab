namespace Undertone.Models.Mixtures;

/// <summary>Arithmetic on logarithms of probabilities.</summary>
internal static class LogDomain
{
    // e^-40 is below the last digit of 1; a share of e^-25 moves no mean that a digit of it would tell.
    private const double Nothing = -40;
    private const double NoShare = -25;

    /// <summary>The logarithm of a sum of exponentials: log Σ exp(x).</summary>
    /// <param name="logs">Logarithms; negative infinity counts as nothing.</param>
    /// <returns>Negative infinity where there is nothing.</returns>
    public static double Sum(ReadOnlySpan<double> logs)
    {
        var greatest = Greatest(logs);
        if (double.IsNegativeInfinity(greatest))
        {
            return greatest;
        }

        var sum = 0.0;
        foreach (var log in logs)
        {
            sum += log - greatest < Nothing ? 0 : Math.Exp(log - greatest);
        }

        return greatest + Math.Log(sum);
    }

    /// <summary>Turns logarithms into shares that sum to 1, in place.</summary>
    /// <param name="logs">Logarithms, at least one of them above negative infinity; afterwards shares.</param>
    /// <returns>What <see cref="Sum"/> gives for them.</returns>
    public static double Normalise(Span<double> logs)
    {
        var greatest = Greatest(logs);
        var sum = 0.0;
        for (var i = 0; i < logs.Length; i++)
        {
            var difference = logs[i] - greatest;
            sum += logs[i] = difference < NoShare ? 0 : Math.Exp(difference);
        }

        for (var i = 0; i < logs.Length; i++)
        {
            logs[i] /= sum;
        }

        return greatest + Math.Log(sum);
    }

    private static double Greatest(ReadOnlySpan<double> logs)
    {
        var greatest = double.NegativeInfinity;
        foreach (var log in logs)
        {
            greatest = Math.Max(greatest, log);
        }

        return greatest;
    }
}
