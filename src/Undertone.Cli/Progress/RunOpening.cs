using Undertone.Experiments;

namespace Undertone.Cli.Progress;

/// <summary>What is said before the first trial: labels, badges, and how much there is to do.</summary>
internal static class RunOpening
{
    public static void Write(ExperimentRun run, int workers)
    {
        foreach (var corpus in run.Corpora.Where(c => c.Target is not null))
        {
            Console.WriteLine($"{corpus.Card.Name}, target {corpus.Target!.Target}: left out {Figures.Count(corpus.Target.LeftOut, "utterance")} of which it is not known");
        }

        Labels(run);
        foreach (var group in run.Trials.GroupBy(t => (Corpus: t.Corpus.Card.Name, Protocol: t.Protocol.Protocol.Name)))
        {
            var folds = group.Select(t => t.Split.Fold).Distinct().Count();
            var badges = group.Select(t => t.Badge.ToString()).Distinct();
            Console.WriteLine($"{group.Key.Corpus}, {group.Key.Protocol}: {Figures.Count(folds, "fold")}, badge: {string.Join(" and ", badges)}");
        }

        var done = run.Trials.Count - run.Pending.Count;
        Console.WriteLine(
            $"{Figures.Count(run.Trials.Count, "trial")}{(done > 0 ? $", {done} finished already" : string.Empty)}"
            + $"{(run.Pending.Count > 0 ? $", {Figures.Count(Math.Min(workers, run.Pending.Count), "worker")}" : string.Empty)}; run folder {run.Folder.Location}");
        if (run.Others.Count > 0)
        {
            Console.Error.WriteLine(
                $"note: the run folder also holds {Figures.Count(run.Others.Count, "finished trial")} outside this experiment's grid (such as {run.Others[0]}); the report includes them.");
        }
    }

    /// <summary>What the label scheme left out, and what a pair of corpora leaves out because only one of them has the class.</summary>
    private static void Labels(ExperimentRun run)
    {
        foreach (var group in LabelsFile.Rows(run.Corpora, run.Trials).GroupBy(r => (r.Corpus, r.Scheme, r.Fold)))
        {
            var left = group.Where(r => r.Class is null).ToList();
            var counts = string.Join(", ", left.Select(r => $"{r.Label} {r.Utterances}"));
            if (group.Key.Fold is { } fold)
            {
                Console.WriteLine($"{fold}: {group.Key.Corpus} without {counts}: not a class of both sides");
                continue;
            }

            var classes = group.Where(r => r.Class is not null).GroupBy(r => r.Class!).Select(g => $"{g.Key} {g.Sum(r => r.Utterances)}");
            Console.WriteLine(
                $"{group.Key.Corpus}, labels {group.Key.Scheme}: {string.Join(", ", classes)}"
                + (left.Count == 0 ? "" : $"; left out {Figures.Count(left.Sum(r => r.Utterances), "utterance")}: {counts}"));
        }
    }
}
