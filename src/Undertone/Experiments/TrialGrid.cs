using Undertone.Corpora;
using Undertone.Protocols;
using Undertone.Systems;
using Undertone.Training;

namespace Undertone.Experiments;

/// <summary>Makes the trials of an experiment: corpora × systems × variants × protocols × folds × seeds.</summary>
public static class TrialGrid
{
    /// <summary>Makes the trials.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="corpora">Its corpora as read, by name.</param>
    /// <returns>The trials in the order of the file, names unique.</returns>
    /// <exception cref="UndertoneException">
    /// A system cannot learn the target, a corpus cannot be split as a protocol wants, a split breaks the independence that its protocol claims, or the
    /// experiment names a fold that no protocol has.
    /// </exception>
    public static IReadOnlyList<Trial> Build(Experiment experiment, IReadOnlyDictionary<string, CorpusData> corpora)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(corpora);
        IReadOnlyList<CorpusData> all = [.. corpora.Values.OrderBy(c => c.Card.Name, StringComparer.Ordinal)];
        var parted = new Dictionary<(string, string, int), IReadOnlyList<Split>>();
        var audited = new Dictionary<(string, string, int, bool), ProtocolAudit>();
        var folds = new List<string>();
        var trials = new List<Trial>();
        foreach (var name in experiment.Corpora)
        {
            var corpus = corpora[name];
            foreach (var system in experiment.Systems.Where(s => s.IsFor(name)))
            {
                foreach (var variant in experiment.VariantRows)
                {
                    var settings = Experiment.SettingsOf(system, variant);
                    var adapted = Trial.IsAdapted(settings);
                    Require(experiment, system, settings, corpus);
                    foreach (var protocol in experiment.Protocols.Where(p => p.IsFor(name) && p.IsFor(variant) && !Repeats(experiment, p, system, variant)).Select(p => p.Of(system)))
                    {
                        foreach (var seed in experiment.Seeds)
                        {
                            var key = (name, protocol.Protocol.Name, seed);
                            if (!parted.TryGetValue(key, out var splits))
                            {
                                splits = Splits(experiment, protocol.Protocol, corpus, all, seed);
                                parted.Add(key, splits);
                                folds.AddRange(splits.Select(s => s.Fold));
                            }

                            if (splits.Count == 0)
                            {
                                continue; // a corpus that this protocol trains on and does not test
                            }

                            if (!audited.TryGetValue((name, protocol.Protocol.Name, seed, adapted), out var audit))
                            {
                                audit = LeakageAudit.Require(protocol.Protocol, splits, adapted);
                                audited.Add((name, protocol.Protocol.Name, seed, adapted), audit);
                            }

                            trials.AddRange(splits.Select((split, i) => new Trial
                            {
                                Corpus = corpus,
                                TrainingCorpora = protocol.Protocol.TrainsOnOtherCorpora ? TrainingCorpora(split, all) : [],
                                System = system,
                                Variant = variant,
                                Settings = settings,
                                Protocol = protocol,
                                Split = split,
                                Audit = audit.Folds[i],
                                Badge = audit.Badge,
                                Seed = seed,
                                ValidationSpeakers = experiment.ValidationSpeakers,
                                Search = experiment.Search,
                                Device = experiment.Device,
                            }).Where(t => experiment.Folds.Count == 0 || experiment.Folds.Contains(t.Split.Fold)));
                        }
                    }
                }
            }
        }

        if (experiment.Folds.FirstOrDefault(f => !folds.Contains(f)) is { } unknown)
        {
            throw new UndertoneException(
                $"{experiment.FoldLocations.GetValueOrDefault(unknown, experiment.File)}: no protocol of the experiment has a fold '{unknown}'"
                + $"{NearestName.Hint(unknown, folds.Distinct().ToList())}");
        }

        return trials.Count > 0 || experiment.Folds.Count > 0
            ? trials
            : throw new UndertoneException($"{experiment.File}: no trial is left: no system and protocol are for the same of its corpora ({string.Join(", ", experiment.Corpora)}) and variants.");
    }

    /// <summary>Whether an earlier variant gives the system, under the same protocol, the settings that were tuned here: nothing was tuned then.</summary>
    private static bool Repeats(Experiment experiment, ExperimentProtocol protocol, ExperimentSystem system, ExperimentVariant? variant)
    {
        if (variant is not { Tuned: true })
        {
            return false;
        }

        var settings = Text(variant);
        return experiment.Variants.TakeWhile(v => v != variant).Any(v => protocol.IsFor(v) && Text(v) == settings);

        string Text(ExperimentVariant v) => SettingsJson.Write(Experiment.SettingsOf(system, v)).ToJsonString();
    }

    /// <summary>The splits of a protocol with what an experiment holds out for validation.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="protocol">One of its protocols.</param>
    /// <param name="corpus">One of its corpora, the tested one.</param>
    /// <param name="corpora">All of its corpora.</param>
    /// <param name="seed">One of its seeds.</param>
    public static IReadOnlyList<Split> Splits(Experiment experiment, Protocol protocol, CorpusData corpus, IReadOnlyList<CorpusData> corpora, int seed)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(protocol);
        return protocol.Splits(corpus, corpora, new ValidationOptions { Speakers = experiment.ValidationSpeakers }, seed);
    }

    private static void Require(Experiment experiment, ExperimentSystem system, SystemSettings settings, CorpusData corpus)
    {
        try
        {
            system.System.Require(settings, TrainingTask.Of(corpus), corpus.Card.Name, corpus.Utterances);
        }
        catch (UndertoneException e)
        {
            throw new UndertoneException($"{experiment.File}: {e.Message} (system '{system.Label}')", e);
        }
    }

    private static IReadOnlyList<CorpusData> TrainingCorpora(Split split, IReadOnlyList<CorpusData> corpora)
    {
        var names = split.Train.Select(u => u.Corpus).ToHashSet();
        return [.. corpora.Where(c => names.Contains(c.Card.Name))];
    }
}
