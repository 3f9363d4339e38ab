namespace Undertone.Evaluation.Significance;

/// <summary>
/// The trials that all systems share, row by row in the same order: by seed, fold and utterance. What cannot be compared
/// is refused here.
/// </summary>
internal sealed class ComparableTrials
{
    private ComparableTrials(IReadOnlyList<int> seeds, IReadOnlyList<int> leftOut, IReadOnlyList<IReadOnlyList<ComparableTrial>> trials)
    {
        Seeds = seeds;
        SeedsLeftOut = leftOut;
        Trials = trials;
    }

    /// <summary>The seeds that all systems have.</summary>
    public IReadOnlyList<int> Seeds { get; }

    /// <summary>Seeds that only some have.</summary>
    public IReadOnlyList<int> SeedsLeftOut { get; }

    /// <summary>By system: its trials of the shared seeds.</summary>
    public IReadOnlyList<IReadOnlyList<ComparableTrial>> Trials { get; }

    /// <summary>Lines the systems' trials up.</summary>
    /// <exception cref="UndertoneException">They cannot be compared; the message says what differs and the way out.</exception>
    public static ComparableTrials Of(IReadOnlyList<ComparedSystem> systems)
    {
        CheckSystems(systems);
        var seeds = systems.Select(s => s.Trials.Select(t => t.Seed).ToHashSet()).ToList();
        int[] all = [.. seeds.SelectMany(s => s).Distinct().Order()];
        int[] shared = [.. all.Where(seed => seeds.All(s => s.Contains(seed)))];
        if (shared.Length == 0)
        {
            throw new UndertoneException(
                $"the systems share no seed ({string.Join("; ", systems.Select((s, i) => $"'{s.Name}': {string.Join(", ", seeds[i].Order())}"))}); expected at least one that all were run with. "
                + "Run them with the same seeds.");
        }

        var trials = systems.Select(s => s.Trials.Where(t => shared.Contains(t.Seed)).OrderBy(t => t.Seed).ThenBy(t => t.Fold, StringComparer.Ordinal).ToList()).ToList();
        for (var s = 1; s < systems.Count; s++)
        {
            CheckFolds(systems[0].Name, trials[0], systems[s].Name, trials[s]);
            CheckFolds(systems[s].Name, trials[s], systems[0].Name, trials[0]);
        }

        var lined = trials.Select(t => t.Select(ComparableTrial.Of).ToList()).ToList();
        for (var s = 1; s < systems.Count; s++)
        {
            for (var t = 0; t < lined[0].Count; t++)
            {
                CheckRows(systems[0].Name, systems[s].Name, lined[0][t], lined[s][t]);
            }
        }

        return new ComparableTrials(shared, [.. all.Except(shared)], lined);
    }

    private static void CheckSystems(IReadOnlyList<ComparedSystem> systems)
    {
        if (systems.Count < 2)
        {
            throw new UndertoneException($"a comparison needs at least two systems, and there {(systems.Count == 1 ? $"is one, '{systems[0].Name}'" : "is none")}.");
        }

        for (var s = 0; s < systems.Count; s++)
        {
            if (systems.Take(s).Any(other => other.Name == systems[s].Name))
            {
                throw new UndertoneException($"two systems of a comparison are called '{systems[s].Name}'; expected a name of its own for each, such as the name with its variant or run.");
            }

            if (systems[s].Badge != systems[0].Badge)
            {
                throw new UndertoneException(
                    $"'{systems[0].Name}' is {systems[0].Badge} and '{systems[s].Name}' is {systems[s].Badge}: scores with different badges are not compared, since one was told what the other was not. "
                    + "Run both under the same protocol and the same normalisation, or compare each with others of its badge.");
            }

            if (systems[s].Trials.GroupBy(t => (t.Seed, t.Fold)).FirstOrDefault(g => g.Count() > 1) is { } twice)
            {
                throw new UndertoneException($"'{systems[s].Name}' has {twice.Count()} trials of fold '{twice.Key.Fold}' and seed {twice.Key.Seed}; expected one. Compare corpora and protocols apart.");
            }

            if (systems[s].Trials.Count == 0)
            {
                throw new UndertoneException($"'{systems[s].Name}' has no finished trial; run it first.");
            }
        }
    }

    private static void CheckFolds(string name, List<ComparedTrial> trials, string otherName, List<ComparedTrial> other)
    {
        var known = other.Select(t => (t.Seed, t.Fold)).ToHashSet();
        var missing = trials.Where(t => !known.Contains((t.Seed, t.Fold))).ToList();
        if (missing.Count > 0)
        {
            throw new UndertoneException(
                $"'{otherName}' was not tested on {Few([.. missing.Select(t => $"fold '{t.Fold}' of seed {t.Seed}")])}, on which '{name}' was; expected the same folds for both. "
                + $"Finish the trials of '{otherName}', or compare runs of the same protocol.");
        }
    }

    private static void CheckRows(string firstName, string secondName, ComparableTrial first, ComparableTrial second)
    {
        var where = $"fold '{first.Fold}' of seed {first.Seed}";
        var (here, there) = (first.Rows.Select(r => r.Utterance).ToHashSet(StringComparer.Ordinal), second.Rows.Select(r => r.Utterance).ToHashSet(StringComparer.Ordinal));
        if (!here.SetEquals(there))
        {
            var (with, without, only) = here.IsSubsetOf(there) ? (secondName, firstName, there.Except(here)) : (firstName, secondName, here.Except(there));
            throw new UndertoneException(
                $"{where}: '{with}' was tested on {Few([.. only.Order(StringComparer.Ordinal)])}, and '{without}' was not; expected the same test utterances for both. "
                + "Run both on the same corpus, labels and folds.");
        }

        for (var i = 0; i < first.Rows.Count; i++)
        {
            var (a, b) = (first.Rows[i], second.Rows[i]);
            if (a.True != b.True || a.Speaker != b.Speaker)
            {
                throw new UndertoneException(
                    $"{where}, utterance '{a.Utterance}': speaker {a.Speaker} and truth '{a.True}' for '{firstName}', speaker {b.Speaker} and truth '{b.True}' for '{secondName}'; "
                    + "expected the same. Run both with the same label scheme.");
            }
        }
    }

    private static string Few(IReadOnlyList<string> names) =>
        names.Count <= 3 ? string.Join(", ", names) : $"{string.Join(", ", names.Take(3))} and {names.Count - 3} more";
}

/// <summary>A trial with its rows in the order of their ids.</summary>
internal sealed record ComparableTrial(string Fold, int Seed, IReadOnlyList<string> Classes, IReadOnlyList<PredictionRow> Rows, int? TrainUtterances)
{
    public static ComparableTrial Of(ComparedTrial trial) =>
        new(trial.Fold, trial.Seed, trial.Test.Classes, [.. trial.Test.Rows.OrderBy(r => r.Utterance, StringComparer.Ordinal)], trial.TrainUtterances);
}
