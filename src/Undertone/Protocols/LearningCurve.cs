using System.Globalization;
using Undertone.Corpora;

namespace Undertone.Protocols;

/// <summary>
/// One point of a learning curve, the low-resource view: another protocol's folds with a share of its training part.
/// Test and validation parts stay as they are, so that the points differ by the training data alone. Shares are
/// nested: what trains at 5 % trains at 10 % too. An entry with several shares makes one protocol for each
/// (see <see cref="ProtocolCatalog"/>), named <c>loso-share-005</c>, so that their scores are never pooled.
/// </summary>
public sealed class LearningCurve : Protocol
{
    /// <summary>The shares where none are given, in per cent.</summary>
    public static readonly IReadOnlyList<int> DefaultShares = [5, 10, 25, 50, 100];

    private readonly Protocol _of;
    private readonly int _seed;

    /// <summary>Creates one point.</summary>
    /// <param name="of">The protocol whose training parts are cut.</param>
    /// <param name="share">The share that is kept, 1 to 100 %.</param>
    /// <param name="bySpeakers">
    /// Whether whole speakers are kept, rather than utterances of each class evenly. At least one utterance of each class
    /// stays, or as many speakers as have all classes between them.
    /// </param>
    /// <param name="seed">Chooses what is kept; it is not the trial's seed, so that all trials share it.</param>
    public LearningCurve(Protocol of, int share, bool bySpeakers = false, int seed = 0)
    {
        ArgumentNullException.ThrowIfNull(of);
        ArgumentOutOfRangeException.ThrowIfLessThan(share, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 100);
        _of = of;
        _seed = seed;
        Point = new(of.Name, share, bySpeakers, seed);
    }

    /// <summary>Which point this is.</summary>
    public LearningCurvePoint Point { get; }

    /// <inheritdoc/>
    public override string Kind => "learning-curve";

    /// <inheritdoc/>
    public override string Name => Point.ToString();

    /// <inheritdoc/>
    public override bool ClaimsSpeakerIndependence => _of.ClaimsSpeakerIndependence;

    /// <inheritdoc/>
    public override bool ClaimsSentenceIndependence => _of.ClaimsSentenceIndependence;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Files => _of.Files;

    /// <inheritdoc/>
    public override IReadOnlyList<Split> Splits(CorpusData corpus, ValidationOptions validation, int seed)
    {
        var splits = _of.Splits(corpus, validation, seed);
        if (Point.Share == 100)
        {
            return splits;
        }

        // The order is the corpus's, not the fold's: folds and seeds then keep as much in common as they can.
        var ranks = Point.BySpeakers ? RankSpeakers(corpus) : RankUtterances(corpus);
        return [.. splits.Select(s => s with { Train = Point.BySpeakers ? KeepSpeakers(s.Train, ranks) : KeepUtterances(s.Train, ranks) })];
    }

    internal static IReadOnlyList<ProtocolEntry> Entries(IReadOnlyDictionary<string, object?> values, string? folder)
    {
        var parameters = new ProtocolParameters("learning-curve", values, "of", "shares", "by", "seed");
        if (parameters.Value("of") is not { } wrapped)
        {
            throw new UndertoneException("protocol 'learning-curve': of is missing; expected the protocol whose training parts are cut, for example leave-one-speaker-out.");
        }

        var of = ProtocolCatalog.Entries(wrapped, folder);
        if (of is not [var inner] || inner.Protocol is LearningCurve)
        {
            throw new UndertoneException("protocol 'learning-curve': of is a learning curve itself; expected another protocol.");
        }

        if (inner.Protocol.TrainsOnOtherCorpora)
        {
            throw new UndertoneException("protocol 'learning-curve': of trains on other corpora; expected a protocol that parts one corpus.");
        }

        var speakers = parameters.Choice("by", "utterances", "speakers") == "speakers";
        var seed = parameters.Whole("seed", 0, 0);
        var entry = inner.Parameters.Count == 0
            ? (object)inner.Kind
            : new Dictionary<string, object?>([KeyValuePair.Create("kind", (object?)inner.Kind), .. inner.Parameters]);
        return
        [
            .. parameters.Percentages("shares", DefaultShares).Select(share => new ProtocolEntry(
                "learning-curve",
                new Dictionary<string, object?>
                {
                    ["of"] = entry,
                    ["shares"] = new List<object> { Text(share) },
                    ["by"] = speakers ? "speakers" : "utterances",
                    ["seed"] = Text(seed),
                },
                new LearningCurve(inner.Protocol, share, speakers, seed))),
        ];

        static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<Split> TestFolds(CorpusData corpus) => _of.Splits(corpus, new ValidationOptions { Speakers = 0 }, 0);

    private Dictionary<string, int> RankUtterances(CorpusData corpus)
    {
        var ranks = new Dictionary<string, int>();
        foreach (var (emotion, ids) in HeldOut.ByClass(corpus.Utterances))
        {
            SeededRandom.From(_seed, emotion, "learning-curve").Shuffle(ids.AsSpan());
            foreach (var id in ids)
            {
                ranks.Add(id, ranks.Count);
            }
        }

        return ranks;
    }

    // Women and men in turn, so that small shares have both where the corpus does.
    private Dictionary<string, int> RankSpeakers(CorpusData corpus)
    {
        var voices = Voice.Of(corpus.Utterances).ToArray();
        SeededRandom.From(_seed, "speakers", "learning-curve").Shuffle(voices.AsSpan());
        return voices.GroupBy(v => v.Gender)
            .SelectMany(g => g.Select((voice, turn) => (voice.Name, turn)))
            .OrderBy(v => v.turn)
            .Select((v, rank) => (v.Name, rank))
            .ToDictionary(v => v.Name, v => v.rank);
    }

    private List<Utterance> KeepUtterances(IReadOnlyList<Utterance> train, Dictionary<string, int> ranks)
    {
        var kept = train.GroupBy(u => u.Emotion)
            .SelectMany(g => g.OrderBy(u => ranks[u.Id]).Take(Math.Max(1, Part(g.Count()))))
            .Select(u => u.Id)
            .ToHashSet();
        return [.. train.Where(u => kept.Contains(u.Id))];
    }

    private List<Utterance> KeepSpeakers(IReadOnlyList<Utterance> train, Dictionary<string, int> ranks)
    {
        var voices = Voice.Of(train).OrderBy(v => ranks[v.Name]).ToList();
        var classes = train.Select(u => u.Emotion).Distinct().Count();
        var count = Math.Max(1, Part(voices.Count));
        while (voices.Take(count).SelectMany(v => v.Utterances).Select(u => u.Emotion).Distinct().Count() < classes)
        {
            count++;
        }

        var kept = voices.Take(count).Select(v => v.Name).ToHashSet();
        return [.. train.Where(u => kept.Contains(u.Speaker))];
    }

    private int Part(int whole) => (int)Math.Round(whole * Point.Share / 100.0, MidpointRounding.AwayFromZero);
}
