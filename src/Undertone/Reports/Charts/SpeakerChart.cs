namespace Undertone.Reports.Charts;

/// <summary>UAR of each test speaker, the best heard first, beside the UAR over all of them.</summary>
public static class SpeakerChart
{
    // As many names of two letters as a phone's width holds side by side.
    private const int LettersAcross = 44;

    /// <summary>Draws a system's speakers.</summary>
    /// <param name="result">The system.</param>
    public static Chart Of(SystemResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var speakers = result.Speakers.Where(s => double.IsFinite(s.Uar)).OrderByDescending(s => s.Uar).ToList();
        var data = new ChartTable("speaker", "uar", "rows", "classes", "used_for_defaults");
        foreach (var s in speakers)
        {
            data.Add(s.Speaker, s.Uar, s.Utterances, s.Classes, s.Chosen ? "yes" : "no");
        }

        var letters = speakers.Sum(s => Math.Max(2, s.Speaker.Length));
        var plot = new Plot(
            data.ToRows(),
            230,
            new Layer(
                new Mark("bar", "bar"),
                Channel.X("speaker", "nominal") with { Sort = speakers.Select(s => s.Speaker), Title = "speaker", Axis = new Axis { LabelAngle = letters > LettersAcross ? -90 : 0 } },
                Channel.Y("uar") with { Scale = Scale.Share, Axis = Axis.Percent, Title = "UAR in %" },
                Channel.Set("opacity", 1.0) with { Condition = Json.Of(("test", "datum.used_for_defaults == 'yes'"), ("value", 0.45)) },
                Channel.Tip("speaker", "speaker"),
                Channel.Tip("uar", "UAR", ".1%"),
                Channel.Tip("rows", "rows"),
                Channel.Tip("classes", "classes"),
                Channel.Tip("used_for_defaults", "used for defaults")),
            new Layer(new Mark("rule", "chance"), Channel.At("y", result.Chance)),
            new Layer(new Mark("rule", "pooled"), Channel.At("y", result.Uar.Estimate)));
        return new Chart("speakers", $"UAR by speaker, {result.Badge}", plot.ToJson(), Text(result, speakers), data)
        {
            Note = "Line: UAR over all rows; dotted: chance." + (speakers.Any(s => s.Chosen) ? " Pale: speakers on whom defaults were chosen." : ""),
        };
    }

    private static string Text(SystemResult result, List<SpeakerResult> speakers) => speakers.Count == 0
        ? "No speaker has a row."
        : $"Over {Figures.Of(speakers.Count, "speaker")}: mean {result.OverSpeakers()}, from {Figures.PercentSign(speakers[^1].Uar)} (speaker {speakers[^1].Speaker}) to {Figures.PercentSign(speakers[0].Uar)} (speaker {speakers[0].Speaker}). {Notes.Speakers}";
}
