namespace Undertone.Experiments;

/// <summary>
/// Takes finished trials over from another run folder, where they are the same work under another name: same corpus,
/// split, seed and settings. Two experiments that share a baseline then train it once.
/// </summary>
public static class TrialReuse
{
    /// <summary>Finds finished trials of other runs that are the same work as trials still to be run. Nothing is copied.</summary>
    /// <param name="other">The other run's folder.</param>
    /// <param name="wanted">Trials that are not finished.</param>
    /// <returns>Each trial that was found, with the name that it has there, in the order of <paramref name="wanted"/>.</returns>
    /// <exception cref="UndertoneException">A record of the other run is damaged or of another version.</exception>
    public static IReadOnlyList<(Trial Trial, string There)> Find(RunFolder other, IReadOnlyList<Trial> wanted)
    {
        ArgumentNullException.ThrowIfNull(other);
        ArgumentNullException.ThrowIfNull(wanted);

        // A finished trial's name ends as the wanted one's does; only such records are worth reading.
        var byEnding = wanted.ToLookup(Ending);
        var found = new Dictionary<Trial, string>();
        foreach (var name in other.FinishedTrials())
        {
            var candidates = byEnding.SelectMany(g => name.EndsWith(g.Key, StringComparison.Ordinal) ? g : Enumerable.Empty<Trial>())
                .Where(t => name.StartsWith(t.Corpus.Card.Name + ".", StringComparison.Ordinal) && !found.ContainsKey(t)).ToList();
            if (candidates.Count == 0)
            {
                continue;
            }

            var record = TrialRecord.Read(other.TrialFile(name, TrialFiles.Record));
            if (candidates.FirstOrDefault(t => IsSameWork(record, t)) is { } trial)
            {
                found.Add(trial, name);
            }
        }

        return [.. wanted.Where(found.ContainsKey).Select(t => (t, found[t]))];
    }

    /// <summary>Copies a finished trial into a run folder, whole or not at all; its record says where it comes from.</summary>
    /// <param name="other">The other run's folder.</param>
    /// <param name="there">The trial's name there.</param>
    /// <param name="folder">The run folder, made ready.</param>
    /// <param name="trial">The trial as it is here.</param>
    /// <returns>The record, as written.</returns>
    public static TrialRecord Take(RunFolder other, string there, RunFolder folder, Trial trial)
    {
        ArgumentNullException.ThrowIfNull(other);
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(trial);
        var record = RunFolderCheck.ReadWhole(other, there);
        var spec = trial.Spec();
        var taken = record with
        {
            Trial = trial.Name,
            Spec = spec,
            SpecHash = spec.Hash(),
            TakenFrom = record.TakenFrom ?? $"{Path.GetFileName(Path.GetFullPath(other.Location))}/{there}",
        };
        var partial = folder.PartialFolder(trial.Name);
        Directory.CreateDirectory(partial);
        foreach (var file in TrialFiles.All.Append(TrialFiles.Search).Where(f => f != TrialFiles.Record && File.Exists(other.TrialFile(there, f))))
        {
            File.Copy(other.TrialFile(there, file), Path.Combine(partial, file), overwrite: true);
        }

        taken.Write(Path.Combine(partial, TrialFiles.Record));
        Directory.Move(partial, folder.TrialFolder(trial.Name));
        return taken;
    }

    private static string Ending(Trial trial) =>
        FormattableString.Invariant($".{trial.Protocol.Protocol.Name}-{trial.Split.Fold}.seed-{trial.Seed}");

    // Labels are names that an experiment gives; they decide nothing. The split is compared too, so that a protocol that
    // parts a corpus differently since is never mistaken for the old one.
    private static bool IsSameWork(TrialRecord record, Trial trial)
    {
        var wanted = trial.Spec();
        var named = record.Spec with { System = wanted.System, Variant = wanted.Variant };
        return TrialSpec.Differences(named, wanted).Count == 0
            && record.Badge == trial.Badge.ToString()
            && record.Versions.Device == trial.Device
            && Same(record.Split.Train, trial.Split.Train)
            && Same(record.Split.Validation, trial.Split.Validation)
            && Same(record.Split.Test, trial.Split.Test);
    }

    private static bool Same(IReadOnlyList<string> ids, IReadOnlyList<Corpora.Utterance> part) => ids.SequenceEqual(part.Select(u => u.Id));
}
