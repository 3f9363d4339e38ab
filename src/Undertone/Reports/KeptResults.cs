using System.Globalization;

namespace Undertone.Reports;

/// <summary>What a page of docs/results is written from: trials of one or more runs, and the experiments that made them.</summary>
public sealed record KeptResults
{
    /// <summary>The page's name.</summary>
    public required string Name { get; init; }

    /// <summary>The experiments.</summary>
    public required IReadOnlyList<KeptExperiment> Experiments { get; init; }

    /// <summary>The finished trials of all of them that told classes apart.</summary>
    public required IReadOnlyList<ReportTrial> Trials { get; init; }

    /// <summary>The finished trials of all of them that learned values.</summary>
    public IReadOnlyList<RegressionTrial> Regressions { get; init; } = [];

    /// <summary>What is known of the tested speakers; empty in pages that were kept before it was.</summary>
    public IReadOnlyList<KeptSpeaker> Speakers { get; init; } = [];

    /// <summary>Gathers runs.</summary>
    /// <param name="name">The page's name.</param>
    /// <param name="runs">The runs.</param>
    /// <exception cref="UndertoneException">No trial has finished, trials failed or are missing, or two runs hold the same trial.</exception>
    public static KeptResults From(string name, IReadOnlyList<ReportInput> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        if (name is null || name.Length == 0 || name.IndexOfAny(Path.GetInvalidFileNameChars()) >= 0 || name.StartsWith('.'))
        {
            throw new UndertoneException($"'{name}' cannot name a file; expected a name such as emodb-blueprint.");
        }

        if (runs.FirstOrDefault(r => r.Finished.Count == 0) is { } empty)
        {
            throw new UndertoneException($"run '{empty.Name}': no trial has finished. Finish it with '{empty.Command}'.");
        }

        if (runs.FirstOrDefault(r => r.Failures.Count > 0) is { } failed)
        {
            throw new UndertoneException(
                $"run '{failed.Name}': {Figures.Of(failed.Failures.Count, "trial")} failed, first {failed.Failures[0].Name} ({failed.Failures[0].Reason}). "
                + $"A table is kept of whole runs only; finish it with '{failed.Command}'.");
        }

        foreach (var run in runs)
        {
            if (RegressionCalculator.Of(run.Regressions).FirstOrDefault(r => r.MissingTrials > 0) is { } lacking)
            {
                throw new UndertoneException(
                    $"run '{run.Name}': {lacking.Label} has {RegressionTables.Trials(lacking)} trials of {lacking.Corpus}, {lacking.Protocol}. "
                    + $"A table is kept of whole runs only; finish it with '{run.Command}'.");
            }

            if (ResultCalculator.Of(run.Trials).FirstOrDefault(r => r.MissingTrials > 0) is { } part)
            {
                throw new UndertoneException(
                    $"run '{run.Name}': {part.Label} has {ResultTables.Trials(part)} trials of {part.Corpus}, {part.Protocol}. "
                    + $"A table is kept of whole runs only; finish it with '{run.Command}'.");
            }
        }

        if (runs.SelectMany(r => r.Finished).GroupBy(Key).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new UndertoneException(string.Create(
                CultureInfo.InvariantCulture,
                $"trial '{twice.First().Name}' is in two of the runs with the badge '{twice.First().Badge}'; give one of them another variant or alias."));
        }

        return new KeptResults
        {
            Name = name,
            Experiments = [.. runs.Select(r => new KeptExperiment(r.Name, r.Command, r.ExperimentHash, r.ExperimentYaml))],
            Trials = Ordered(runs.SelectMany(r => r.Trials)),
            Regressions = Ordered(runs.SelectMany(r => r.Regressions)),
            Speakers = KeptSpeaker.Of(runs),
        };
    }

    /// <summary>These results and, of those of an earlier page, every trial that these do not hold: a page that grows row by row.</summary>
    /// <param name="earlier">What the page kept so far.</param>
    /// <exception cref="UndertoneException">An experiment of the same name was another one then.</exception>
    public KeptResults AddedTo(KeptResults earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        foreach (var now in Experiments)
        {
            if (earlier.Experiments.FirstOrDefault(e => e.Name == now.Name) is { } then && then.Sha256 != now.Sha256)
            {
                throw new UndertoneException(
                    $"page '{Name}' keeps trials of an experiment '{now.Name}' whose settings were others (SHA-256 {then.Sha256[..12]}, of the run {now.Sha256[..12]}); their figures do not belong into one table. "
                    + $"Where the run was made with --set, resolve the whole experiment in its folder first: '{now.Command} --prepare'. Else write the page of whole runs, without --add.");
            }
        }

        var held = Trials.Concat<FinishedTrial>(Regressions).Select(Key).ToHashSet();
        var known = Speakers.Select(s => (s.Corpus, s.Speaker)).ToHashSet();
        var names = Experiments.Select(e => e.Name).ToHashSet(StringComparer.Ordinal);
        return this with
        {
            Experiments = [.. earlier.Experiments.Where(e => !names.Contains(e.Name)), .. Experiments],
            Trials = Ordered(earlier.Trials.Where(t => !held.Contains(Key(t))).Concat(Trials)),
            Regressions = Ordered(earlier.Regressions.Where(t => !held.Contains(Key(t))).Concat(Regressions)),
            Speakers =
            [
                .. earlier.Speakers.Where(s => !known.Contains((s.Corpus, s.Speaker))).Concat(Speakers)
                    .OrderBy(s => s.Corpus, StringComparer.Ordinal).ThenBy(s => s.Speaker, StringComparer.Ordinal),
            ],
        };
    }

    private static IReadOnlyList<T> Ordered<T>(IEnumerable<T> trials)
        where T : FinishedTrial =>
    [
        .. trials.OrderBy(t => t.Corpus, StringComparer.Ordinal).ThenBy(t => t.Protocol, StringComparer.Ordinal)
            .ThenBy(t => t.System, StringComparer.Ordinal).ThenBy(t => t.Variant, StringComparer.Ordinal).ThenBy(t => t.Badge.ToString(), StringComparer.Ordinal)
            .ThenBy(t => t.Seed).ThenBy(t => t.Fold, StringComparer.Ordinal),
    ];

    /// <summary>What tells one trial from another.</summary>
    private static (string, string, string, string, string, string, int) Key(FinishedTrial t) =>
        (t.Corpus, t.Protocol, t.System, t.Variant, t.Badge.ToString(), t.Fold, t.Seed);
}

/// <summary>An experiment behind a page of docs/results.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Command">The command that runs it.</param>
/// <param name="Sha256">SHA-256 of <paramref name="Yaml"/>, lower-case hex.</param>
/// <param name="Yaml">The experiment as resolved.</param>
public sealed record KeptExperiment(string Name, string Command, string Sha256, string Yaml);
