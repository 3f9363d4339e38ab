namespace Undertone.Evaluation.Significance;

/// <summary>
/// What a significance test says. Every test is one record of this kind in a file of its own, computed by its static
/// method <c>Of</c>; all p values are two-sided where the test has sides. Decided for all: where nothing differs at all,
/// the statistic is 0, p is 1 and the effect 0; where everything differs by the very same amount, the statistic is
/// infinite and p is 0; too few observations are an <see cref="UndertoneException"/> and never a NaN.
/// </summary>
public abstract record TestResult
{
    private protected TestResult()
    {
    }

    /// <summary>The test's name: <c>paired t-test</c>.</summary>
    public abstract string Test { get; }

    /// <summary>What the statistic is called: <c>t</c>, <c>W</c>.</summary>
    public abstract string StatisticName { get; }

    /// <summary>What the effect size is called: <c>Cohen's dz</c>.</summary>
    public abstract string EffectSizeName { get; }

    /// <summary>The question that the test answers, in one sentence.</summary>
    public abstract string Question { get; }

    /// <summary>What must hold for its p value to mean what it says.</summary>
    public abstract string Assumptions { get; }

    /// <summary>The method's source.</summary>
    public abstract string Citation { get; }

    /// <summary>The test statistic.</summary>
    public required double Statistic { get; init; }

    /// <summary>Degrees of freedom (of the numerator, where there are two); NaN for a test that has none.</summary>
    public double DegreesOfFreedom { get; init; } = double.NaN;

    /// <summary>The probability, in [0, 1], of a statistic at least as extreme where there is no difference.</summary>
    public required double PValue { get; init; }

    /// <summary>How large the difference is, whatever the number of observations.</summary>
    public required double EffectSize { get; init; }

    /// <summary>How many observations (pairs, subjects, utterances) went in.</summary>
    public required int Count { get; init; }
}
