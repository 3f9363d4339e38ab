using Undertone.Corpora;

namespace Undertone.Protocols;

/// <summary>
/// A model is trained on whole corpora and tested on another one whole: every ordered pair of the experiment's corpora,
/// each against all others together (<c>pairs: leave-one-corpus-out</c>), or named ones (<c>train: [emodb], test: [urdu]</c>).
/// B. Schuller et al.: Cross-corpus acoustic emotion recognition: variances and strategies, IEEE Transactions on Affective
/// Computing 1(2), 119-131, 2010, doi:10.1109/T-AFFC.2010.8.
/// </summary>
/// <remarks>
/// A fold holds the classes that both sides have, and no utterance of any other. Two corpora may call different people
/// by one name, so speakers and utterances that train or validate are called <c>corpus/name</c>; the tested ones, all of one
/// corpus, keep theirs. Each training corpus gives as many validation speakers as the experiment asks for, and where that leaves
/// a class with fewer than five utterances (speakers of one emotion each, as in URDU) more, up to a third of its speakers.
/// </remarks>
public sealed class CrossCorpus : Protocol
{
    // Fewer validation utterances of a class than these tell nothing of it.
    private const int EnoughOfAClass = 5;

    private const string All = "all";
    private const string LeaveOneCorpusOut = "leave-one-corpus-out";

    private readonly bool _together;
    private readonly IReadOnlyList<string>? _train;
    private readonly IReadOnlyList<string>? _test;

    private CrossCorpus(string name, bool together, IReadOnlyList<string>? train = null, IReadOnlyList<string>? test = null)
    {
        Name = name;
        _together = together;
        _train = train;
        _test = test;
    }

    /// <inheritdoc/>
    public override string Kind => "cross-corpus";

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override bool ClaimsSpeakerIndependence => true;

    /// <inheritdoc/>
    public override bool TrainsOnOtherCorpora => true;

    /// <summary>Whether a kind of protocol, as an experiment file names it, is this one. Its folds are never pooled.</summary>
    /// <param name="kind">The kind.</param>
    public static bool IsKind(string kind) => kind is "cross-corpus" or LeaveOneCorpusOut;

    /// <summary>The training side of a fold's name: <c>emodb</c> of <c>emodb-to-urdu</c>; null where the fold trains on all others.</summary>
    /// <param name="fold">The fold.</param>
    /// <param name="test">The tested corpus.</param>
    public static string? TrainingSide(string fold, string test)
    {
        ArgumentNullException.ThrowIfNull(fold);
        var end = $"-to-{test}";
        return fold.EndsWith(end, StringComparison.Ordinal) ? fold[..^end.Length] : null;
    }

    /// <summary>A name of an utterance without the corpus that the training part of a fold puts before it.</summary>
    internal static string Plain(Utterance utterance, string name) =>
        name.StartsWith(utterance.Corpus + "/", StringComparison.Ordinal) ? name[(utterance.Corpus.Length + 1)..] : name;

    internal static CrossCorpus LeaveOneOut(IReadOnlyDictionary<string, object?> values)
    {
        _ = new ProtocolParameters(LeaveOneCorpusOut, values);
        return new CrossCorpus(LeaveOneCorpusOut, together: true);
    }

    internal static CrossCorpus From(IReadOnlyDictionary<string, object?> values)
    {
        const string kind = "cross-corpus";
        var parameters = new ProtocolParameters(kind, values, "pairs", "train", "test", "name");
        var (train, test) = (parameters.Corpora("train"), parameters.Corpora("test"));
        var pairs = parameters.Text("pairs", $"{All} or {LeaveOneCorpusOut}");
        if (train is null && test is null)
        {
            return parameters.Has("name")
                ? throw new UndertoneException($"protocol '{kind}': name has no use without train and test; leave it out.")
                : pairs switch
                {
                    null or All => new CrossCorpus(kind, together: false),
                    LeaveOneCorpusOut => new CrossCorpus(LeaveOneCorpusOut, together: true),
                    _ => throw parameters.Wrong("pairs", $"{All} or {LeaveOneCorpusOut}, or train: [...] and test: [...] instead"),
                };
        }

        if (pairs is not null || train is null || test is null)
        {
            throw new UndertoneException(
                $"protocol '{kind}': {(pairs is not null ? "pairs has no use beside train and test" : train is null ? "train is missing" : "test is missing")}; "
                + $"expected pairs: {All} | {LeaveOneCorpusOut}, or train: [...] and test: [...] together.");
        }

        foreach (var (list, names) in new[] { ("train", train), ("test", test) })
        {
            if (names.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1) is { } twice)
            {
                throw new UndertoneException($"protocol '{kind}': {list} names the corpus '{twice.Key}' twice; expected once.");
            }
        }

        return train.FirstOrDefault(test.Contains) is { } both
            ? throw new UndertoneException($"protocol '{kind}': the corpus '{both}' is in train and in test; expected corpora that are in one of them.")
            : new CrossCorpus(parameters.FileName("name", () => "cross-corpus-chosen"), together: false, train, test);
    }

    /// <inheritdoc/>
    public override void RequireCorpora(IReadOnlyList<string> corpora)
    {
        ArgumentNullException.ThrowIfNull(corpora);
        if (corpora.Count < 2)
        {
            throw new UndertoneException($"protocol '{Name}' trains on one corpus and tests on another, but the experiment has {Count(corpora.Count, "corpus")}; expected corpora: [a, b, ...].");
        }

        foreach (var (list, names) in new[] { ("train", _train), ("test", _test) })
        {
            if (names?.FirstOrDefault(n => !corpora.Contains(n)) is { } unknown)
            {
                throw new UndertoneException($"protocol '{Name}', {list}: '{unknown}' is none of the experiment's corpora{NearestName.Hint(unknown, corpora)}");
            }
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Split> Splits(CorpusData corpus, IReadOnlyList<CorpusData> corpora, ValidationOptions validation, int seed)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentNullException.ThrowIfNull(corpora);
        ArgumentNullException.ThrowIfNull(validation);
        RequireNotNegative(validation);
        RequireCorpora([.. corpora.Select(c => c.Card.Name)]);
        var others = corpora.Where(c => c.Card.Name != corpus.Card.Name).OrderBy(c => c.Card.Name, StringComparer.Ordinal).ToList();
        if (_train is not null)
        {
            return _test!.Contains(corpus.Card.Name) ? [Fold(corpus, [.. others.Where(c => _train.Contains(c.Card.Name))], validation, seed)] : [];
        }

        return _together ? [Fold(corpus, others, validation, seed)] : [.. others.Select(other => Fold(corpus, [other], validation, seed))];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<Split> TestFolds(CorpusData corpus)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        throw new UndertoneException($"protocol '{Name}' needs other corpora than '{corpus.Card.Name}' to train on.");
    }

    private Split Fold(CorpusData test, IReadOnlyList<CorpusData> train, ValidationOptions validation, int seed)
    {
        var sides = $"{string.Join('-', train.Select(c => c.Card.Name))}-to-{test.Card.Name}";
        var fold = FoldNames.From([_together ? test.Card.Name : sides])[0];
        var where = $"protocol '{Name}'";
        var shared = test.Classes.Where(train.SelectMany(c => c.Classes).Contains).ToList();
        if (shared.Count < 2)
        {
            throw new UndertoneException(
                $"{where}: fold '{fold}' has {(shared.Count == 0 ? "no class" : $"one class only, '{shared[0]}',")} that both sides have: "
                + string.Join("; ", train.Append(test).Select(c => $"{c.Card.Name} has {(c.Classes.Count == 0 ? "none" : string.Join(", ", c.Classes))}"))
                + ". Bring them to the same classes with a label scheme, for example labels: big-four.");
        }

        var (training, held) = (new List<Utterance>(), new List<Utterance>());
        foreach (var corpus in train)
        {
            var part = corpus.Utterances.Where(u => shared.Contains(u.Emotion)).Select(Qualified).OrderBy(u => u.Id, StringComparer.Ordinal).ToList();
            var chosen = Held(part, corpus.Card.Name, fold, validation, seed);
            training.AddRange(part.Where(u => !chosen.Contains(u.Speaker)));
            held.AddRange(part.Where(u => chosen.Contains(u.Speaker)));
        }

        var split = new Split(fold, training, held, [.. test.Utterances.Where(u => shared.Contains(u.Emotion)).OrderBy(u => u.Id, StringComparer.Ordinal)]);
        RequireClasses(where, split, shared, $"is in the validation part: set validation.speakers (now {validation.Speakers}) lower");
        return split;
    }

    private IReadOnlySet<string> Held(List<Utterance> part, string corpus, string fold, ValidationOptions validation, int seed)
    {
        if (validation.Speakers == 0 || part.Count == 0)
        {
            return new HashSet<string>();
        }

        var speakers = part.Select(u => u.Speaker).Distinct().Count();
        if (validation.Speakers >= speakers)
        {
            throw new UndertoneException(
                $"protocol '{Name}': fold '{fold}' has {Count(speakers, "training speaker")} in corpus '{corpus}', of whom "
                + $"validation.speakers: {validation.Speakers} leaves none to train on; expected at most {speakers - 1}.");
        }

        var random = SeededRandom.From(seed, fold, "validation", corpus);
        var classes = part.Select(u => u.Emotion).Distinct().ToList();
        var (best, most) = (ValidationSpeakers.Choose(part, validation.Speakers, random), -1);
        for (var count = validation.Speakers; most < EnoughOfAClass && count <= Math.Max(validation.Speakers, speakers / 3); count++)
        {
            var chosen = count == validation.Speakers ? best : ValidationSpeakers.Choose(part, count, random);
            var least = classes.Min(c => part.Any(u => u.Emotion == c && !chosen.Contains(u.Speaker)) ? part.Count(u => u.Emotion == c && chosen.Contains(u.Speaker)) : -1);
            (best, most) = least > most ? (chosen, least) : (best, most);
        }

        return best;
    }

    private static Utterance Qualified(Utterance u) => u with { Id = $"{u.Corpus}/{u.Id}", Speaker = $"{u.Corpus}/{u.Speaker}" };
}
