using MathNet.Numerics.Distributions;
using Undertone.Evaluation.Significance;
using Undertone.Experiments;

namespace Undertone.Reports;

/// <summary>What an experiment says to a claim.</summary>
public enum ClaimOutcome
{
    /// <summary>The difference is there, as claimed.</summary>
    Supported,

    /// <summary>The difference is there, the other way round.</summary>
    Contradicted,

    /// <summary>The data do not tell.</summary>
    CannotBeTold,
}

/// <summary>
/// A claim under one corpus, protocol and badge. On UAR: the difference has its interval by drawing speakers for both
/// systems at once, and its p value by Wilcoxon's test over the speakers. On seconds: the mean ratio of trials of the same
/// fold and seed, its interval and p value by the paired t-test of their logarithms. p values are corrected for all claims
/// that the report judges (<see cref="HolmCorrection"/>). A claim is supported or contradicted where the corrected p value
/// is at most 0.05 and the whole interval lies on that side.
/// </summary>
public sealed record ClaimVerdict
{
    private const double Alpha = 0.05;

    /// <summary>The claim.</summary>
    public required ExperimentClaim Claim { get; init; }

    /// <summary>Where it was judged.</summary>
    public required ResultSection Section { get; init; }

    /// <summary>The system said to be better, with its variant.</summary>
    public required string Better { get; init; }

    /// <summary>The other one.</summary>
    public required string Than { get; init; }

    /// <summary>On UAR the better one's less the other's, in [-1, 1]; on seconds the ratio of the better one's to the other's.</summary>
    public required double Difference { get; init; }

    /// <summary>The lower bound of its 95 % interval.</summary>
    public required double Low { get; init; }

    /// <summary>The upper bound.</summary>
    public required double High { get; init; }

    /// <summary>The p value of no difference (or of one as large as the margin), before correction.</summary>
    public required double PValue { get; init; }

    /// <summary>The p value, corrected for all claims of the report.</summary>
    public double AdjustedPValue { get; init; } = double.NaN;

    /// <summary>What it comes to.</summary>
    public ClaimOutcome Outcome
    {
        get
        {
            var (low, high) = Claim.On == ClaimMetric.TrainingSeconds ? (1 - High, 1 - Low) : (Low + Claim.Margin, High + Claim.Margin);
            return !(AdjustedPValue <= Alpha) ? ClaimOutcome.CannotBeTold
                : low > 0 ? ClaimOutcome.Supported
                : high < 0 ? ClaimOutcome.Contradicted
                : ClaimOutcome.CannotBeTold;
        }
    }

    /// <summary>Judges claims wherever both sides were tested.</summary>
    /// <param name="claims">The claims.</param>
    /// <param name="sections">The sections.</param>
    /// <param name="notJudged">Why a claim, or a claim in one section, is not judged: sentences.</param>
    public static IReadOnlyList<ClaimVerdict> Of(IReadOnlyList<ExperimentClaim> claims, IReadOnlyList<ResultSection> sections, out IReadOnlyList<string> notJudged)
    {
        ArgumentNullException.ThrowIfNull(claims);
        ArgumentNullException.ThrowIfNull(sections);
        var verdicts = new List<ClaimVerdict>();
        var reasons = new List<string>();
        foreach (var claim in claims)
        {
            if (claim is not { Better: { } better, Than: { } than })
            {
                reasons.Add($"Not tested: {claim.Claim} ({claim.Source}). {claim.NotTestable}");
                continue;
            }

            var before = verdicts.Count + reasons.Count;
            foreach (var section in sections)
            {
                foreach (var (first, second) in Pairs(section, better, than))
                {
                    Judge(claim, section, first, second, verdicts, reasons);
                }
            }

            if (verdicts.Count + reasons.Count == before)
            {
                reasons.Add($"Not judged: {claim.Claim} ({claim.Source}). No corpus and protocol has finished trials of both {better.System} and {than.System} with one badge.");
            }
        }

        notJudged = reasons;
        var adjusted = HolmCorrection.Adjust([.. verdicts.Select(v => v.PValue)]);
        return [.. verdicts.Zip(adjusted, (v, p) => v with { AdjustedPValue = p })];
    }

    // A side without a variant stands for each of them, against the same one of the other side.
    private static IEnumerable<(SystemResult, SystemResult)> Pairs(ResultSection section, ClaimSide better, ClaimSide than) =>
        from first in section.Results
        where first.System == better.System && (better.Variant is null || first.Variant == better.Variant)
        from second in section.Results
        where second.System == than.System && (than.Variant is null || second.Variant == than.Variant)
        where first != second && (better.Variant is not null || than.Variant is not null || first.Variant == second.Variant)
        select (first, second);

    private static void Judge(ExperimentClaim claim, ResultSection section, SystemResult better, SystemResult than, List<ClaimVerdict> verdicts, List<string> reasons)
    {
        try
        {
            verdicts.Add(claim.On == ClaimMetric.Uar ? OnUar(claim, section, better, than) : OnSeconds(claim, section, better, than));
        }
        catch (UndertoneException e)
        {
            reasons.Add($"Not judged: {claim.Claim} ({claim.Source}) on {section.Title}: {e.Message}");
        }
    }

    private static ClaimVerdict OnUar(ExperimentClaim claim, ResultSection section, SystemResult better, SystemResult than)
    {
        var comparison = SystemComparison.Of([SectionComparison.Compared(better), SectionComparison.Compared(than)]);
        if (comparison.Pairs[0].Uar.Interval is not { } interval)
        {
            throw new UndertoneException("there is one test speaker, so nothing can be said of others.");
        }

        var (first, second) = (comparison.Systems[0].Speakers, comparison.Systems[1].Speakers);
        return new ClaimVerdict
        {
            Claim = claim,
            Section = section,
            Better = better.Label,
            Than = than.Label,
            Difference = interval.Estimate,
            Low = interval.Low,
            High = interval.High,
            PValue = WilcoxonSignedRank.Of([.. first.Select(u => u + claim.Margin)], second).PValue,
        };
    }

    private static ClaimVerdict OnSeconds(ExperimentClaim claim, ResultSection section, SystemResult better, SystemResult than)
    {
        // Seconds of another run were measured beside whatever else ran on the machine then.
        var taken = better.Trials.Concat(than.Trials).Count(t => t.TakenFrom is not null);
        if (taken > 0)
        {
            throw new UndertoneException($"{Figures.Of(taken, "trial was", "trials were")} taken over from another run, whose seconds were measured under another load; run both systems anew, with nothing beside them.");
        }

        var pairs = (from a in better.Trials
                     join b in than.Trials on (a.Fold, a.Seed) equals (b.Fold, b.Seed)
                     where a.Seconds > 0 && b.Seconds > 0
                     select (First: Math.Log(a.Seconds), Second: Math.Log(b.Seconds))).ToList();
        if (pairs.Count < 2)
        {
            throw new UndertoneException($"{better.Label} and {than.Label} share {Figures.Of(pairs.Count, "timed trial")}; expected at least two of the same fold and seed.");
        }

        var test = PairedTTest.Of([.. pairs.Select(p => p.First)], [.. pairs.Select(p => p.Second)]);
        var mean = pairs.Average(p => p.First - p.Second);
        var reach = -StudentT.InvCDF(0, 1, pairs.Count - 1, 0.025) * test.StandardDeviation / Math.Sqrt(pairs.Count);
        return new ClaimVerdict
        {
            Claim = claim,
            Section = section,
            Better = better.Label,
            Than = than.Label,
            Difference = Math.Exp(mean),
            Low = Math.Exp(mean - reach),
            High = Math.Exp(mean + reach),
            PValue = test.PValue,
        };
    }
}
