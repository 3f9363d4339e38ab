using Undertone.Corpora;

namespace Undertone.Protocols;

/// <summary>
/// A share of the utterances is held out at random and tested, each class evenly, whoever speaks; then it is drawn again. It is
/// what papers mean by an 80:20 split. Test speakers are trained on, so the audit badges its scores <c>speaker-dependent</c>. Each
/// draw is a fold of its own, and an utterance may be tested in several of them or in none.
/// </summary>
public sealed class RandomHoldOut : Protocol
{
    /// <summary>The kind's name.</summary>
    public const string KindName = "random-hold-out";

    /// <summary>The test share where none is given, in per cent.</summary>
    public const int DefaultTest = 20;

    /// <summary>The number of draws where none is given.</summary>
    public const int DefaultDraws = 5;

    private const int MostTest = 90;

    private readonly int _test;
    private readonly int _draws;
    private readonly int _seed;

    /// <summary>Creates the protocol.</summary>
    /// <param name="test">The share that is tested, 1 to 90 %; of each class at least one utterance where it has two.</param>
    /// <param name="draws">How many times it is drawn, at least 1. The first draws are the same however many there are.</param>
    /// <param name="seed">Chooses the draws; it is not the trial's seed, so that all trials share them.</param>
    public RandomHoldOut(int test = DefaultTest, int draws = DefaultDraws, int seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(test, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(test, MostTest);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        _test = test;
        _draws = draws;
        _seed = seed;
    }

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override string Name => _seed == 0 ? $"hold-out-{_test}" : $"hold-out-{_test}-s{_seed}";

    /// <inheritdoc/>
    public override bool ClaimsSpeakerIndependence => false;

    internal static RandomHoldOut From(IReadOnlyDictionary<string, object?> values)
    {
        var parameters = new ProtocolParameters(KindName, values, "test", "draws", "seed");
        var test = parameters.Whole("test", DefaultTest, 1);
        return test <= MostTest
            ? new(test, parameters.Whole("draws", DefaultDraws, 1), parameters.Whole("seed", 0, 0))
            : throw parameters.Wrong("test", $"a whole percentage from 1 to {MostTest}");
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<Split> TestFolds(CorpusData corpus)
    {
        var splits = new List<Split>();
        for (var draw = 1; draw <= _draws; draw++)
        {
            var test = new HashSet<string>();
            foreach (var (emotion, ids) in HeldOut.ByClass(corpus.Utterances))
            {
                SeededRandom.From(_seed, draw, emotion, KindName).Shuffle(ids.AsSpan());
                var share = (int)Math.Round(ids.Length * _test / 100.0, MidpointRounding.AwayFromZero);
                test.UnionWith(ids.Take(Math.Clamp(share, ids.Length > 1 ? 1 : 0, ids.Length - 1)));
            }

            splits.Add(new Split(
                FoldNames.Number(draw - 1, _draws),
                [.. corpus.Utterances.Where(u => !test.Contains(u.Id))],
                [],
                [.. corpus.Utterances.Where(u => test.Contains(u.Id))]));
        }

        return splits;
    }

    /// <summary>
    /// A random part of each class: the share that <see cref="ValidationOptions.Speakers"/> is of the corpus's
    /// speakers, at most half, at least one utterance of a class that has two.
    /// </summary>
    /// <inheritdoc/>
    protected override Split HoldOut(Split fold, CorpusData corpus, ValidationOptions validation, int seed) =>
        HeldOut.Utterances(fold, corpus, validation, seed);
}
