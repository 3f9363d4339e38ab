using Undertone.Corpora;

namespace Undertone.Protocols;

/// <summary>
/// A rule that parts a corpus into folds. The same corpus, options and seed give the same folds, whatever the order
/// of the files. What a score may be called is not the protocol's to say: <see cref="LeakageAudit"/> reads the folds.
/// </summary>
public abstract class Protocol
{
    /// <summary>The kind, as in an experiment file: <c>leave-one-speaker-out</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>The kind in short with the parameters that tell it from its likes, safe in a file name: <c>loso</c>, <c>ravdess-5</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Whether the protocol promises that no test speaker is trained or validated on; the audit checks the promise.</summary>
    public abstract bool ClaimsSpeakerIndependence { get; }

    /// <summary>Whether the protocol promises that no test sentence is trained or validated on; the audit checks the promise.</summary>
    public virtual bool ClaimsSentenceIndependence => false;

    /// <summary>Files that the protocol was made from, by name and content: a run keeps them beside its experiment.</summary>
    public virtual IReadOnlyDictionary<string, string> Files => new Dictionary<string, string>();

    /// <summary>Whether a model is trained on other corpora than it is tested on, so that all of an experiment's are needed.</summary>
    public virtual bool TrainsOnOtherCorpora => false;

    /// <summary>Refuses an experiment's list of corpora that the protocol can do nothing with.</summary>
    /// <param name="corpora">The corpora's names.</param>
    /// <exception cref="UndertoneException">They are too few, or the protocol names one that is not among them.</exception>
    public virtual void RequireCorpora(IReadOnlyList<string> corpora)
    {
    }

    /// <summary>Parts a corpus where others are at hand.</summary>
    /// <param name="corpus">The corpus that is tested.</param>
    /// <param name="corpora">All corpora of the experiment, this one included.</param>
    /// <param name="validation">What is held out for validation.</param>
    /// <param name="seed">The trial's seed.</param>
    /// <returns>The folds that test this corpus; none where the protocol tests others only.</returns>
    /// <exception cref="UndertoneException">The corpora cannot be parted so; the message names the fold, speaker or class.</exception>
    public virtual IReadOnlyList<Split> Splits(CorpusData corpus, IReadOnlyList<CorpusData> corpora, ValidationOptions validation, int seed) =>
        Splits(corpus, validation, seed);

    /// <summary>Parts a corpus.</summary>
    /// <param name="corpus">The corpus as read.</param>
    /// <param name="validation">What is held out for validation.</param>
    /// <param name="seed">The trial's seed: it chooses the validation part. Test parts do not depend on it, so that
    /// systems and seeds are compared on the same folds.</param>
    /// <returns>One split a fold, each part sorted by utterance id; fold names are unique and safe in file names.</returns>
    /// <exception cref="UndertoneException">The corpus cannot be parted so; the message names the fold, speaker or class.</exception>
    public virtual IReadOnlyList<Split> Splits(CorpusData corpus, ValidationOptions validation, int seed)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentNullException.ThrowIfNull(validation);
        var where = $"protocol '{Name}' on corpus '{corpus.Card.Name}'";
        RequireNotNegative(validation);
        var byClass = corpus.Target is not { Target.IsRegression: true };
        if (byClass && corpus.Classes.Count < 2)
        {
            throw new UndertoneException($"{where}: the corpus has {(corpus.Classes.Count == 0 ? "no utterances" : $"one class only, '{corpus.Classes[0]}'")}; at least two classes are needed.");
        }

        var sorted = corpus with { Utterances = [.. corpus.Utterances.OrderBy(u => u.Id, StringComparer.Ordinal)] };
        var splits = new List<Split>();
        foreach (var fold in TestFolds(sorted))
        {
            RequireParts(where, fold);
            RequireClasses(where, fold, byClass ? sorted.Classes : [], "is by its test speakers; choose a protocol or a copy of the corpus that leaves some to train on");
            var split = validation.Speakers == 0 || fold.Validation.Count > 0 ? fold : HoldOut(fold, sorted, validation, seed);
            RequireClasses(where, split, byClass ? sorted.Classes : [], $"is in its test or validation part; set validation.speakers (now {validation.Speakers}) lower");
            splits.Add(split);
        }

        return splits;
    }

    /// <summary>The folds with everything that is not tested in the training part; the validation part is empty unless the protocol fixes it.</summary>
    /// <param name="corpus">The corpus, its utterances sorted by id.</param>
    protected abstract IReadOnlyList<Split> TestFolds(CorpusData corpus);

    /// <summary>Moves part of a fold's training utterances to validation: whole speakers unless overridden.</summary>
    /// <param name="fold">The fold, its validation part empty.</param>
    /// <param name="corpus">The corpus, its utterances sorted by id.</param>
    /// <param name="validation">What to hold out.</param>
    /// <param name="seed">The trial's seed.</param>
    protected virtual Split HoldOut(Split fold, CorpusData corpus, ValidationOptions validation, int seed)
    {
        var speakers = fold.Train.Select(u => u.Speaker).Distinct().Count();
        if (validation.Speakers >= speakers)
        {
            throw new UndertoneException(
                $"protocol '{Name}' on corpus '{corpus.Card.Name}': fold '{fold.Fold}' has {Count(speakers, "training speaker")}, of whom "
                + $"validation.speakers: {validation.Speakers} leaves none to train on; expected at most {speakers - 1}.");
        }

        var chosen = ValidationSpeakers.Choose(fold.Train, validation.Speakers, SeededRandom.From(seed, fold.Fold, "validation"));
        return fold with
        {
            Train = [.. fold.Train.Where(u => !chosen.Contains(u.Speaker))],
            Validation = [.. fold.Train.Where(u => chosen.Contains(u.Speaker))],
        };
    }

    /// <summary>A fold that tests some speakers and trains on all others.</summary>
    private protected static Split SpeakerFold(string name, CorpusData corpus, IReadOnlySet<string> test) => new(
        name,
        [.. corpus.Utterances.Where(u => !test.Contains(u.Speaker))],
        [],
        [.. corpus.Utterances.Where(u => test.Contains(u.Speaker))]);

    /// <summary>Refuses a corpus that does not say something of every utterance.</summary>
    private protected static void RequireAll(string where, CorpusData corpus, Func<Utterance, string?> of, string noun, string otherwise)
    {
        var without = corpus.Utterances.Where(u => string.IsNullOrEmpty(of(u))).ToList();
        if (without.Count > 0)
        {
            throw new UndertoneException(without.Count == corpus.Utterances.Count
                ? $"{where}: the corpus says of no utterance which {noun} it is of; {otherwise}."
                : $"{where}: {Count(without.Count, "utterance")} of {corpus.Utterances.Count} have no {noun}, the first is '{without[0].Id}'; expected one for each, and {otherwise}.");
        }
    }

    private protected static void RequireNotNegative(ValidationOptions validation)
    {
        if (validation.Speakers < 0)
        {
            throw new UndertoneException($"validation.speakers is {validation.Speakers}; expected 0 (none) or more.");
        }
    }

    private protected static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";

    private static void RequireParts(string where, Split fold)
    {
        if (fold.Test.Count == 0 || fold.Train.Count == 0)
        {
            throw new UndertoneException($"{where}: fold '{fold.Fold}' has nothing to {(fold.Test.Count == 0 ? "test" : "train on")}.");
        }
    }

    // A model cannot learn a class that it never hears; leaving the class out silently would change the task.
    private protected static void RequireClasses(string where, Split fold, IReadOnlyList<string> classes, string reason)
    {
        var trained = fold.Train.Select(u => u.Emotion).ToHashSet();
        if (classes.FirstOrDefault(c => !trained.Contains(c)) is { } missing)
        {
            throw new UndertoneException($"{where}: fold '{fold.Fold}' has no '{missing}' to train on; every utterance of that class {reason}.");
        }
    }
}
