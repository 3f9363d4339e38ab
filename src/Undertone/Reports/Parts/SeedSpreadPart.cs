namespace Undertone.Reports.Parts;

/// <summary>How much chance alone moves a score: the spread over seeds, which no interval over speakers shows.</summary>
internal static class SeedSpreadPart
{
    /// <summary>The part, or nothing where every system has one seed.</summary>
    public static IEnumerable<ReportPart> Of(ResultSection section)
    {
        var several = section.Results.Where(r => r.Seeds.Count > 1).ToList();
        if (several.Count == 0)
        {
            return [];
        }

        var table = new ReportTable("Spread over seeds", "System", "Seeds", $"Mean UAR ({section.Badge})", "Standard deviation", "Lowest", "Highest");
        foreach (var r in several)
        {
            var seeds = r.OverSeeds(s => s.Uar.Estimate);
            table.Row(
                r.Label,
                Figures.Count(r.Seeds.Count),
                Figures.Percent(seeds.Mean),
                Figures.Percent(seeds.Spread),
                Figures.Percent(r.Seeds.Min(s => s.Uar.Estimate)),
                Figures.Percent(r.Seeds.Max(s => s.Uar.Estimate)));
        }

        return
        [
            new ReportPart($"Spread over seeds ({section.Badge})")
            {
                Lead = ["Same data, same settings, another random start. It says how far a single run can be lucky; the intervals above say how far other speakers would move the score."],
                Tables = [table],
            },
        ];
    }
}
