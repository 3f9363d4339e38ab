using Undertone.Corpora;
using Undertone.Systems;

namespace Undertone.Experiments;

/// <summary>
/// A run of an experiment: corpora read, splits audited, run folder locked and made ready, finished trials known.
/// Opening it refuses whatever could not be finished; from then on only the trials themselves can fail.
/// </summary>
public sealed class ExperimentRun : IDisposable
{
    private readonly RunLock _lock;

    private ExperimentRun(Experiment experiment, RunFolder folder, RunLock held, IReadOnlyList<CorpusData> corpora, IReadOnlyList<Trial> trials)
    {
        Experiment = experiment;
        Folder = folder;
        _lock = held;
        Corpora = corpora;
        Trials = trials;
        Pending = [.. trials.Where(t => !folder.IsFinished(t.Name))];
    }

    /// <summary>The experiment.</summary>
    public Experiment Experiment { get; }

    /// <summary>The run folder.</summary>
    public RunFolder Folder { get; }

    /// <summary>The corpora as read, in the experiment's order.</summary>
    public IReadOnlyList<CorpusData> Corpora { get; }

    /// <summary>Every trial of the grid.</summary>
    public IReadOnlyList<Trial> Trials { get; }

    /// <summary>The trials that were not finished when the run was opened.</summary>
    public IReadOnlyList<Trial> Pending { get; private set; }

    /// <summary>Finished trials in the folder that are not of this experiment's grid (a fold or seed left out since).</summary>
    public IReadOnlyList<string> Others =>
        [.. Folder.FinishedTrials().Except(Trials.Select(t => t.Name))];

    /// <summary>Takes over what other runs have finished of the pending trials (<see cref="TrialReuse"/>).</summary>
    /// <param name="other">The other run's folder.</param>
    /// <returns>The trials that were taken; they are no longer pending.</returns>
    /// <exception cref="UndertoneException">There is no run in the folder, or a trial of it is damaged.</exception>
    /// <exception cref="RunStoppedException">This run's folder is full.</exception>
    public IReadOnlyList<Trial> Reuse(RunFolder other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (!File.Exists(other.ExperimentFile))
        {
            throw new UndertoneException($"{other.Location}: this is no run folder (it has no experiment.yaml); expected the folder of a run to take finished trials from.");
        }

        var found = TrialReuse.Find(other, Pending);
        try
        {
            foreach (var (trial, there) in found)
            {
                TrialReuse.Take(other, there, Folder, trial);
            }
        }
        catch (Exception e) when (RunFolder.IsStorageFailure(e))
        {
            throw new RunStoppedException(RunFolder.StorageFailure(Folder.Location, e), e);
        }

        var taken = found.Select(f => f.Trial).ToHashSet();
        Pending = [.. Pending.Where(t => !taken.Contains(t))];
        return [.. taken];
    }

    /// <summary>Reads an experiment's corpora.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="corpora">Where the corpora are (<c>--corpora</c>), or null.</param>
    /// <param name="progress">Told of files as they are decoded, from several threads; may be null.</param>
    /// <param name="cancellation">Ends the reading early.</param>
    /// <returns>The corpora, in the experiment's order, their labels brought to the classes of its label scheme, with the utterances that say what is learned.</returns>
    /// <exception cref="UndertoneException">A corpus is missing, nothing of it can be read, the label scheme does not fit the corpora, or one lacks what is to be learned.</exception>
    public static IReadOnlyList<CorpusData> ReadCorpora(
        Experiment experiment, string? corpora, IProgress<ReadingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        var read = experiment.Labels.Apply([.. experiment.Corpora.Select(name => ReadCorpus(experiment.CorpusOf(name), corpora, progress, cancellation))]);
        return [.. read.Select(c => Targeted(experiment, c))];
    }

    /// <summary>Opens a run.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="corpora">Its corpora as read.</param>
    /// <param name="runs">The folder of runs; the run's own is below it, under the experiment's name.</param>
    /// <returns>The run, to be disposed.</returns>
    /// <exception cref="UndertoneException">
    /// A split is refused; the folder cannot be written, is at work in another process, or holds another experiment's
    /// trials or damaged ones.
    /// </exception>
    /// <exception cref="RunStoppedException">The folder is full.</exception>
    public static ExperimentRun Open(Experiment experiment, IReadOnlyList<CorpusData> corpora, string runs)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(corpora);
        var trials = TrialGrid.Build(experiment, corpora.ToDictionary(c => c.Card.Name));
        var folder = new RunFolder(Path.Combine(runs, experiment.Name));
        folder.Create();
        try
        {
            return Open(experiment, corpora, folder, trials);
        }
        catch (Exception e) when (RunFolder.IsStorageFailure(e))
        {
            throw new RunStoppedException(RunFolder.StorageFailure(folder.Location, e), e);
        }
    }

    private static ExperimentRun Open(Experiment experiment, IReadOnlyList<CorpusData> corpora, RunFolder folder, IReadOnlyList<Trial> trials)
    {
        var held = RunLock.Take(folder.Location);
        try
        {
            folder.RemoveLeftovers();
            RunFolderCheck.Require(folder, experiment, trials);
            foreach (var (name, text) in experiment.Protocols.SelectMany(p => p.Protocol.Files).DistinctBy(f => f.Key))
            {
                RunFolder.WriteWhole(Path.Combine(folder.Location, name), text);
            }

            RunFolder.WriteWhole(folder.ExperimentFile, ResolvedExperiment.Write(experiment));
            UtterancesFile.Write(folder.UtterancesFile, corpora);
            TrialFiles.WriteLeftOut(folder.LeftOutFile, corpora);
            TargetFile.Write(folder.TargetFile, corpora);
            LabelsFile.Write(folder.LabelsFile, LabelsFile.Rows(corpora, trials));
            return new ExperimentRun(experiment, folder, held, corpora, trials);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Finds one trial of a run folder, as the process that runs it does.</summary>
    /// <param name="folder">The run folder, made ready by a run.</param>
    /// <param name="trial">The trial's name.</param>
    /// <param name="systems">The systems that the experiment may name.</param>
    /// <param name="corpora">Where the corpora are (<c>--corpora</c>), or null.</param>
    /// <returns>The trial.</returns>
    /// <exception cref="UndertoneException">There is no run in the folder, or no such trial in its grid.</exception>
    public static Trial Find(RunFolder folder, string trial, SystemCatalog systems, string? corpora)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!File.Exists(folder.ExperimentFile))
        {
            throw new UndertoneException(
                $"{folder.Location}: this is no run folder (it has no experiment.yaml). 'undertone run EXPERIMENT --prepare' makes one.");
        }

        var experiment = ExperimentFile.Read(folder.ExperimentFile, systems);

        // The name begins with the tested corpus; others are read only where a protocol trains on them.
        var wanted = experiment.Corpora.FirstOrDefault(c => trial.StartsWith(c + ".", StringComparison.Ordinal));
        if (wanted is null)
        {
            throw new UndertoneException($"{folder.Location}: no trial '{trial}' in this run; its corpora are: {string.Join(", ", experiment.Corpora)}.");
        }

        var narrowed = experiment with
        {
            Corpora = [wanted],
            Folds = [],
            Systems = Narrow(experiment.Systems, s => trial.StartsWith($"{wanted}.{s.Label}.", StringComparison.Ordinal)),
            Protocols = Narrow(experiment.Protocols, p => experiment.Systems.Where(s => s.IsFor(wanted)).Select(s => p.Of(s).Protocol.Name).Any(n => trial.Contains($".{n}-", StringComparison.Ordinal))),
            Seeds = Narrow(experiment.Seeds, s => trial.EndsWith($".seed-{s}", StringComparison.Ordinal)),
        };
        var needed = narrowed.Protocols.Any(p => p.Protocol.TrainsOnOtherCorpora) ? experiment.Corpora : narrowed.Corpora;
        var read = needed.ToDictionary(name => name, name => Targeted(experiment, CorpusHarmonisation.Apply(ReadCorpus(experiment.CorpusOf(name), corpora), experiment.Labels.Harmonisation)));
        var trials = TrialGrid.Build(narrowed, read);
        return trials.FirstOrDefault(t => t.Name == trial)
            ?? throw new UndertoneException($"{folder.Location}: no trial '{trial}' in this run{NearestName.Hint(trial, trials.Select(t => t.Name).ToList())}");
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    /// <summary>The utterances of a corpus that say what is learned; a refusal names the experiment file and its line.</summary>
    private static CorpusData Targeted(Experiment experiment, CorpusData corpus)
    {
        try
        {
            return experiment.Target.Apply(corpus);
        }
        catch (UndertoneException e) when (experiment.TargetLocation.Length > 0)
        {
            throw new UndertoneException($"{experiment.TargetLocation}: {e.Message}", e);
        }
    }

    /// <summary>What a trial's name can mean, so that its process does not split and audit the whole grid; all of it where nothing fits.</summary>
    private static IReadOnlyList<T> Narrow<T>(IReadOnlyList<T> all, Func<T, bool> fits) => all.Any(fits) ? [.. all.Where(fits)] : all;

    private static CorpusData ReadCorpus(
        Corpus corpus, string? corpora, IProgress<ReadingProgress>? progress = null, CancellationToken cancellation = default) =>
        CorpusReader.Read(corpus, CorpusLocator.Locate(corpus, corpora), CacheFolder.Default, progress, cancellation);
}
