using System.Globalization;
using Undertone.Experiments;

namespace Undertone.Reports.Parts;

/// <summary>What the experiment says to the claims that it was made for.</summary>
internal static class ClaimsPart
{
    /// <summary>The part, or nothing where the experiment makes no claims.</summary>
    public static IEnumerable<ReportPart> Of(IReadOnlyList<ExperimentClaim> claims, IReadOnlyList<ResultSection> sections)
    {
        if (claims.Count == 0)
        {
            return [];
        }

        var verdicts = ClaimVerdict.Of(claims, sections, out var notJudged);
        return
        [
            new ReportPart("Claims")
            {
                Lead =
                [
                    "Differences of UAR are in points, with the 95 % interval of speakers drawn for both systems at once and Wilcoxon's p over the speakers; seconds are the ratio of trials of the same fold and seed, with the paired t-test of its logarithm. "
                    + (claims.Any(c => c.On == ClaimMetric.TrainingSeconds) ? "They are wall-clock: what else ran on the machine moves them, and no p value knows of it. " : "")
                    + $"p values are corrected (Holm) for the {Figures.Of(verdicts.Count, "judgement")} of this report. 'Cannot be told' is no refutation: the speakers may be too few.",
                ],
                Tables = verdicts.Count == 0 ? [] : [Table(verdicts)],
                Remarks = notJudged,
            },
        ];
    }

    private static ReportTable Table(IReadOnlyList<ClaimVerdict> verdicts)
    {
        var table = new ReportTable("Claims and verdicts", "Claim", "<Source", "<Tested on", "<Compared", "Difference", "p (Holm)", "<Verdict");
        foreach (var v in verdicts)
        {
            table.Row(
                v.Claim.Claim,
                v.Claim.Source,
                v.Section.Title,
                v.Claim.On == ClaimMetric.Uar ? $"UAR: {v.Better} − {v.Than}{Margin(v.Claim)}" : $"seconds: {v.Better} / {v.Than}",
                v.Claim.On == ClaimMetric.Uar ? Figures.Points(new UarInterval(v.Difference, v.Low, v.High)) : string.Create(CultureInfo.InvariantCulture, $"× {v.Difference:0.00} [{v.Low:0.00}, {v.High:0.00}]"),
                Figures.PValue(v.AdjustedPValue),
                Words(v.Outcome));
        }

        return table;
    }

    private static string Margin(ExperimentClaim claim) =>
        claim.Margin == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", not more than {claim.Margin * 100:0.##} points behind");

    private static string Words(ClaimOutcome outcome) => outcome switch
    {
        ClaimOutcome.Supported => "supported",
        ClaimOutcome.Contradicted => "contradicted",
        _ => "cannot be told",
    };
}
