using Undertone.Corpora;
using Undertone.Evaluation;
using Undertone.Evaluation.Analysers;
using Undertone.Protocols;

namespace Undertone.Reports;

/// <summary>What a reader of a run's results should not miss, in words: what is incomplete, and what the analysers find.</summary>
public static class ResultFindings
{
    // More of one kind are counted: a list that nobody reads to its end hides what it lists.
    private const int ShownOfAKind = 3;

    /// <summary>Looks at the results.</summary>
    /// <param name="input">The run.</param>
    /// <param name="results">Its results.</param>
    /// <returns>Findings, the serious ones first.</returns>
    public static IReadOnlyList<ReportFinding> Of(ReportInput input, IReadOnlyList<SystemResult> results)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(results);
        var findings = new List<ReportFinding>();
        foreach (var result in results.Where(r => r.MissingTrials > 0))
        {
            findings.Add(new ReportFinding(
                "serious",
                $"{result.Label} on {result.Corpus}, {result.Protocol} ({result.Badge}): {ResultTables.Trials(result)} trials are finished, so its scores are of a part of the speakers. Finish the run before comparing."));
        }

        foreach (var corpus in input.Corpora.Where(c => c.LeftOut.Count > 0))
        {
            findings.Add(new ReportFinding("warning", $"{corpus.Name}: {Figures.Of(corpus.LeftOut.Count, "unreadable file was", "unreadable files were")} left out."));
        }

        var analysed = results.GroupBy(r => (r.Corpus, r.Protocol)).SelectMany(g => Analysed([.. g], input)).ToList();
        foreach (var kind in analysed.OrderByDescending(f => f.Finding.Weight == "warning").GroupBy(f => f.Analyser))
        {
            findings.AddRange(kind.Take(ShownOfAKind).Select(f => f.Finding));
            if (kind.Skip(ShownOfAKind).ToList() is { Count: > 0 } more)
            {
                findings.Add(new ReportFinding(more[0].Finding.Weight, $"The same ({kind.Key}) is said of {Figures.Of(more.Sum(f => f.Results), "more result")}."));
            }
        }

        return findings;
    }

    /// <summary>Findings of one corpus and protocol: what is said of several systems in the same words is said once.</summary>
    private static IEnumerable<(string Analyser, int Results, ReportFinding Finding)> Analysed(List<SystemResult> results, ReportInput input)
    {
        var corpus = Corpus(results, input);
        return results
            .SelectMany(r => AnalyserCatalog.Analyse(Input(r, corpus)).Select(f => (Result: r, Finding: f)))
            .GroupBy(p => (p.Finding.Level, p.Finding.Message))
            .OrderByDescending(g => g.Key.Level)
            .Select(g => (g.First().Finding.Analyser, g.Count(), new ReportFinding(
                g.Key.Level == FindingLevel.Warning ? "warning" : "note",
                g.Count() == results.Count && results.Count > 1
                    ? $"{results[0].Corpus}, {results[0].Protocol}: {g.Key.Message}"
                    : $"{results[0].Corpus}, {results[0].Protocol}, {string.Join("; ", g.Select(p => $"{p.Result.Label} ({p.Result.Badge})"))}: {g.Key.Message}")));
    }

    private static AnalysisInput Input(SystemResult result, CorpusData? corpus)
    {
        var validation = result.Trials.SelectMany(t => t.Validation?.Rows ?? []).ToList();
        return new AnalysisInput
        {
            Test = result.Pooled,
            Interval = double.IsFinite(result.Uar.Low)
                ? new Interval(result.Uar.Estimate, result.Uar.Low, result.Uar.High, 0.95, result.Speakers.Count)
                : null,
            Validation = validation.Count > 0 ? ClassificationScores.From(validation, result.Classes) : null,
            Corpus = corpus,
            Splits = corpus is null ? [] : Splits(result, corpus),
        };
    }

    /// <summary>The corpus as its rows show it: every utterance that was tested or validated anywhere; null where it has no card.</summary>
    private static CorpusData? Corpus(List<SystemResult> results, ReportInput input)
    {
        var corpus = input.Corpora.FirstOrDefault(c => c.Name == results[0].Corpus);
        if (corpus?.Card is null)
        {
            return null;
        }

        // Across corpora, the validation rows are another corpus's.
        var utterances = results.SelectMany(r => r.Trials)
            .SelectMany(t => CrossCorpus.IsKind(t.ProtocolKind) ? t.Test.Rows : t.Test.Rows.Concat(t.Validation?.Rows ?? []))
            .DistinctBy(r => r.Utterance)
            .OrderBy(r => r.Utterance, StringComparer.Ordinal)
            .Select(r => new Utterance(corpus.Name, r.Utterance, "", r.Speaker, r.True));
        return new CorpusData(corpus.Card, [.. utterances], corpus.LeftOut, "");
    }

    /// <summary>The folds of the first seed, where the label of each of their utterances is known from some trial's rows.</summary>
    private static List<Split> Splits(SystemResult result, CorpusData corpus)
    {
        var known = corpus.Utterances.ToDictionary(u => u.Id);
        var splits = new List<Split>();
        foreach (var trial in result.Trials.Where(t => t.Seed == result.Trials[0].Seed && t.Split is not null))
        {
            var parts = new[] { trial.Split!.Train, trial.Split.Validation, trial.Split.Test };
            if (parts.All(p => p.All(known.ContainsKey)))
            {
                splits.Add(new Split(trial.Fold, Of(parts[0]), Of(parts[1]), Of(parts[2])));
            }
        }

        return splits;

        IReadOnlyList<Utterance> Of(IReadOnlyList<string> ids) => [.. ids.Select(id => known[id])];
    }
}
