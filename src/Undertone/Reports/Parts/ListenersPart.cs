using Undertone.Corpora;

namespace Undertone.Reports.Parts;

/// <summary>What people recognise of the same corpus: the rates of listeners over the tested utterances, or what its publisher reports.</summary>
internal static class ListenersPart
{
    /// <summary>The part, or nothing where neither rates nor a report of them are known.</summary>
    public static IEnumerable<ReportPart> Of(ResultSection section, ReportCorpus? corpus)
    {
        if (corpus is null)
        {
            return [];
        }

        var rates = corpus.Heard.Where(u => u.HumanRate is not null).ToDictionary(u => u.Id, u => u.HumanRate!.Value);
        var rated = section.Results.SelectMany(r => r.Trials).SelectMany(t => t.Test.Rows).DistinctBy(r => r.Utterance)
            .Where(r => rates.ContainsKey(r.Utterance)).Select(r => (r.True, Rate: rates[r.Utterance])).ToList();
        return rated.Count > 0 ? [Rated(section, corpus, rated)]
            : corpus.Card?.HumanRecognition is { } reported ? [Reported(section, corpus.Card, reported)]
            : [];
    }

    private static ReportPart Rated(ResultSection section, ReportCorpus corpus, List<(string True, double Rate)> rated)
    {
        var classes = section.Results[0].Classes.Where(c => rated.Any(r => r.True == c)).ToList();
        var recalls = classes.Select(c => rated.Where(r => r.True == c).Average(r => r.Rate)).ToList();
        var table = new ReportTable($"Listeners: {section.Corpus}", ["Who", "Mean over classes %", "Mean over utterances %", "Utterances", .. classes.Select(c => $"{c} %")]);
        table.Row(["listeners", Figures.Percent(recalls.Average()), Figures.Percent(rated.Average(r => r.Rate)), Figures.Count(rated.Count), .. recalls.Select(Figures.Percent)]);
        return new ReportPart($"Listeners on {section.Corpus}")
        {
            Lead = [$"The share of listeners who heard the emotion that the corpus says. No system's badge fits it: listeners were not trained on the corpus, and heard many recordings of each speaker. {corpus.Card?.HumanRateNote}".TrimEnd()],
            Tables = [table],
            Remarks = corpus.Labels.Count > 0 ? ["The rates are of the corpus's own labels, before they were brought to the classes of this experiment."] : [],
        };
    }

    private static ReportPart Reported(ResultSection section, CorpusCard card, double reported) => new($"Listeners on {section.Corpus}")
    {
        Lead = [$"Listeners recognised {Figures.PercentSign(reported)} by the publisher's account. {card.HumanRateNote}".TrimEnd()],
    };
}
