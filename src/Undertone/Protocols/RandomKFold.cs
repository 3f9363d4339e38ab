using Undertone.Corpora;

namespace Undertone.Protocols;

/// <summary>
/// Utterances are dealt into k folds at random, each class evenly, whoever speaks: what much of the literature does.
/// Test speakers are then trained on, so the audit badges its scores <c>speaker-dependent</c>.
/// </summary>
public sealed class RandomKFold : Protocol
{
    private readonly int _folds;
    private readonly int _seed;

    /// <summary>Creates the protocol.</summary>
    /// <param name="folds">How many folds, at least 2.</param>
    /// <param name="seed">Chooses the folds; it is not the trial's seed, so that all trials share their folds.</param>
    public RandomKFold(int folds = 10, int seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        _folds = folds;
        _seed = seed;
    }

    /// <inheritdoc/>
    public override string Kind => "random-k-fold";

    /// <inheritdoc/>
    public override string Name => _seed == 0 ? $"random-{_folds}-fold" : $"random-{_folds}-fold-s{_seed}";

    /// <inheritdoc/>
    public override bool ClaimsSpeakerIndependence => false;

    internal static RandomKFold From(IReadOnlyDictionary<string, object?> values)
    {
        var parameters = new ProtocolParameters("random-k-fold", values, "folds", "seed");
        return new(parameters.Whole("folds", 10, 2), parameters.Whole("seed", 0, 0));
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<Split> TestFolds(CorpusData corpus)
    {
        if (corpus.Utterances.Count < _folds)
        {
            throw new UndertoneException(
                $"protocol '{Name}' on corpus '{corpus.Card.Name}': {_folds} folds, but {Count(corpus.Utterances.Count, "utterance")}; expected at most {corpus.Utterances.Count} folds.");
        }

        var fold = new Dictionary<string, int>();
        var next = 0;
        foreach (var (emotion, ids) in HeldOut.ByClass(corpus.Utterances))
        {
            SeededRandom.From(_seed, emotion, "random-k-fold").Shuffle(ids.AsSpan());
            foreach (var id in ids)
            {
                fold.Add(id, next++ % _folds);
            }
        }

        return
        [
            .. Enumerable.Range(0, _folds).Select(k => new Split(
                FoldNames.Number(k, _folds),
                [.. corpus.Utterances.Where(u => fold[u.Id] != k)],
                [],
                [.. corpus.Utterances.Where(u => fold[u.Id] == k)])),
        ];
    }

    /// <summary>
    /// A random part of each class: the share that <see cref="ValidationOptions.Speakers"/> is of the corpus's
    /// speakers, at most half, at least one utterance of a class that has two.
    /// </summary>
    /// <inheritdoc/>
    protected override Split HoldOut(Split fold, CorpusData corpus, ValidationOptions validation, int seed) =>
        HeldOut.Utterances(fold, corpus, validation, seed);
}
