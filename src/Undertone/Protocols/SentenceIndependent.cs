using Undertone.Corpora;

namespace Undertone.Protocols;

/// <summary>
/// No sentence of the test part is trained or validated on: <c>{ kind: sentence-independent, folds: 5 }</c> parts the
/// sentences into folds, one fold a sentence where <c>folds</c> is not given. With <c>speakers: N</c> the speakers are
/// parted into N groups as well, and a fold tests one group on one part of the sentences: its training part leaves out
/// the test speakers and the test sentences both, so it is smaller. Each utterance is tested once.
/// </summary>
public sealed class SentenceIndependent : Protocol
{
    private readonly int? _folds;
    private readonly int _speakers;
    private readonly int _seed;

    /// <summary>Creates the protocol.</summary>
    /// <param name="folds">How many parts the sentences make, at least 2; null for one a sentence.</param>
    /// <param name="speakers">How many groups the speakers are parted into, at least 2; 0 where speakers may be shared.</param>
    /// <param name="seed">Chooses the parts; it is not the trial's seed, so that all trials share their folds.</param>
    public SentenceIndependent(int? folds = null, int speakers = 0, int seed = 0)
    {
        if (folds is { } given)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(given, 2, nameof(folds));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(speakers);
        ArgumentOutOfRangeException.ThrowIfEqual(speakers, 1);
        _folds = folds;
        _speakers = speakers;
        _seed = seed;
    }

    /// <inheritdoc/>
    public override string Kind => "sentence-independent";

    /// <inheritdoc/>
    public override string Name =>
        $"sentences{(_folds is { } f ? $"-{f}" : "")}{(_speakers > 0 ? $"-speakers-{_speakers}" : "")}{(_seed == 0 ? "" : $"-s{_seed}")}";

    /// <inheritdoc/>
    public override bool ClaimsSpeakerIndependence => _speakers > 0;

    /// <inheritdoc/>
    public override bool ClaimsSentenceIndependence => true;

    internal static SentenceIndependent From(IReadOnlyDictionary<string, object?> values)
    {
        var parameters = new ProtocolParameters("sentence-independent", values, "folds", "speakers", "seed");
        return new(
            parameters.Has("folds") ? parameters.Whole("folds", null, 2) : null,
            parameters.Has("speakers") ? parameters.Whole("speakers", null, 2) : 0,
            parameters.Whole("seed", 0, 0));
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<Split> TestFolds(CorpusData corpus)
    {
        var where = $"protocol '{Name}' on corpus '{corpus.Card.Name}'";
        RequireAll(where, corpus, u => u.Text, "sentence", "without texts nobody can tell which sentences are shared");
        var sentences = Sentences(corpus, where);
        if (_speakers == 0)
        {
            return [.. sentences.Select(s => new Split(s.Name, [.. corpus.Utterances.Where(u => !s.Texts.Contains(u.Text!))], [], [.. corpus.Utterances.Where(u => s.Texts.Contains(u.Text!))]))];
        }

        var voices = Voice.Of(corpus.Utterances);
        if (voices.Count < _speakers)
        {
            throw new UndertoneException($"{where}: {_speakers} groups of speakers, but {Count(voices.Count, "speaker")}; expected at most {voices.Count}.");
        }

        var groups = Voice.Deal(voices, _speakers, _seed);
        var folds =
            from g in Enumerable.Range(0, groups.Count)
            from s in sentences
            let test = corpus.Utterances.Where(u => groups[g].Contains(u.Speaker) && s.Texts.Contains(u.Text!)).ToList()

            // Not every speaker of every corpus says every sentence.
            where test.Count > 0
            select new Split(
                $"{FoldNames.Number(g, groups.Count)}-{s.Name}",
                [.. corpus.Utterances.Where(u => !groups[g].Contains(u.Speaker) && !s.Texts.Contains(u.Text!))],
                [],
                test);
        return [.. folds];
    }

    /// <summary>
    /// Sentences of the training part: the share of them that <see cref="ValidationOptions.Speakers"/> is of the corpus's
    /// speakers, at most half, at least one. Where speakers are parted too, what the validation speakers say of these
    /// sentences validates, and neither they nor the sentences train. Where the training part has one sentence only, as
    /// RAVDESS has with its two, whole speakers validate and say that sentence too; test sentences never do.
    /// </summary>
    /// <inheritdoc/>
    protected override Split HoldOut(Split fold, CorpusData corpus, ValidationOptions validation, int seed)
    {
        var sentences = fold.Train.Select(u => u.Text).Distinct().Count();
        var bySpeakers = sentences < 2 || _speakers > 0 ? base.HoldOut(fold, corpus, validation, seed) : null;
        if (sentences < 2)
        {
            return bySpeakers!;
        }

        var share = Math.Min(0.5, validation.Speakers / (double)corpus.Utterances.Select(u => u.Speaker).Distinct().Count());
        var count = Math.Max(1, (int)Math.Round(share * sentences));
        var speakers = bySpeakers?.Validation.Select(u => u.Speaker).ToHashSet();
        var split = HeldOut.Draw(fold, count, u => u.Text!, SeededRandom.From(seed, fold.Fold, "validation", "sentences"), speakers);
        return split.Validation.Count > 0
            ? split
            : throw new UndertoneException(
                $"protocol '{Name}' on corpus '{corpus.Card.Name}': fold '{fold.Fold}': the validation speakers say none of the sentences held out; set validation.speakers (now {validation.Speakers}) higher, or to 0.");
    }

    private List<(string Name, IReadOnlySet<string> Texts)> Sentences(CorpusData corpus, string where)
    {
        var texts = corpus.Utterances.Select(u => u.Text!).Distinct().Order(StringComparer.Ordinal).ToArray();
        if (texts.Length < 2)
        {
            throw new UndertoneException($"{where}: every utterance is of one sentence, '{texts[0]}', and leaving that one out leaves none; expected at least two.");
        }

        if (_folds is not { } folds)
        {
            var names = FoldNames.From(texts);
            return [.. texts.Select((t, i) => (names[i], (IReadOnlySet<string>)new HashSet<string> { t }))];
        }

        if (folds > texts.Length)
        {
            throw new UndertoneException($"{where}: {folds} folds, but {Count(texts.Length, "sentence")}; expected at most {texts.Length} folds.");
        }

        SeededRandom.From(_seed, "sentences").Shuffle(texts.AsSpan());
        return
        [
            .. Enumerable.Range(0, folds).Select(k =>
                (FoldNames.Number(k, folds), (IReadOnlySet<string>)texts.Where((_, i) => i % folds == k).ToHashSet())),
        ];
    }
}
