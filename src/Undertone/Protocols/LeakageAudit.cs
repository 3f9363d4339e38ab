using Undertone.Corpora;

namespace Undertone.Protocols;

/// <summary>
/// Reads folds for what their parts share, and gives the badge that their scores carry. What counts as leakage into
/// the test part, from training and from validation alike (early stopping and tuning learn from it too):
/// a speaker, an utterance id, identical audio or near-identical audio (<see cref="NearIdenticalAudio"/>: the same
/// recording at another level or re-encoded). Such audio counts even where the corpus ascribes it to two speakers: one of
/// the two labels must be wrong, so the speakers are not told apart. A shared sentence is reported
/// and does not change the badge, since most acted corpora have every speaker say the same ones.
/// </summary>
public static class LeakageAudit
{
    /// <summary>Audits one fold.</summary>
    /// <param name="split">The fold.</param>
    public static FoldAudit Of(Split split)
    {
        ArgumentNullException.ThrowIfNull(split);
        var everything = split.Train.Concat(split.Validation).Concat(split.Test);
        var corpora = split.Test.Select(u => u.Corpus).ToHashSet();
        return new FoldAudit(
            split.Fold,
            Overlap.Between(split.Train, split.Test),
            Overlap.Between(split.Validation, split.Test),
            Overlap.Between(split.Train, split.Validation),
            !split.Train.Concat(split.Validation).Any(u => corpora.Contains(u.Corpus)),
            everything.Count(u => u.AudioHash.Length == 0));
    }

    /// <summary>Audits all folds of a protocol; the badge is that of the weakest fold.</summary>
    /// <param name="splits">The folds, at least one.</param>
    /// <param name="adapted">Whether the system computes anything from the test speakers' unlabelled audio.</param>
    public static ProtocolAudit Of(IReadOnlyList<Split> splits, bool adapted)
    {
        ArgumentNullException.ThrowIfNull(splits);
        var folds = splits.Select(Of).ToList();
        return new ProtocolAudit(folds, new Badge(folds.Min(f => f.Kind), adapted));
    }

    /// <summary>Audits the folds of a protocol, and refuses them where the protocol claims independence and a fold shares a speaker (or, where that is claimed, a sentence).</summary>
    /// <param name="protocol">The protocol that made the folds.</param>
    /// <param name="splits">Its folds, at least one.</param>
    /// <param name="adapted">Whether the system computes anything from the test speakers' unlabelled audio.</param>
    /// <exception cref="UndertoneException">A fold breaks the protocol's claim; the message names fold and speakers.</exception>
    public static ProtocolAudit Require(Protocol protocol, IReadOnlyList<Split> splits, bool adapted)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        var audit = Of(splits, adapted);
        foreach (var fold in audit.Folds)
        {
            foreach (var (part, overlap) in new[] { ("training", fold.TrainTest), ("validation", fold.ValidationTest) })
            {
                if (protocol.ClaimsSpeakerIndependence && overlap.Speakers.Count > 0)
                {
                    throw new UndertoneException(
                        $"protocol '{protocol.Name}' claims speaker independence, but fold '{fold.Fold}' shares {string.Join(", ", overlap.Speakers.Select(s => $"'{s}'"))} "
                        + $"between {part} and test; expected no speaker in both.");
                }

                if (protocol.ClaimsSentenceIndependence && overlap.Sentences.Count > 0)
                {
                    throw new UndertoneException(
                        $"protocol '{protocol.Name}' claims that no test sentence is trained on, but fold '{fold.Fold}' shares {string.Join(", ", overlap.Sentences.Select(s => $"'{s}'"))} "
                        + $"between {part} and test; expected no sentence in both.");
                }
            }
        }

        return audit;
    }
}

/// <summary>The audit of all folds of a protocol.</summary>
/// <param name="Folds">One a fold.</param>
/// <param name="Badge">The badge of scores over these folds.</param>
public sealed record ProtocolAudit(IReadOnlyList<FoldAudit> Folds, Badge Badge);

/// <summary>What the parts of one fold share.</summary>
/// <param name="Fold">The fold's name.</param>
/// <param name="TrainTest">Shared by training and test.</param>
/// <param name="ValidationTest">Shared by validation and test.</param>
/// <param name="TrainValidation">Shared by training and validation: no leak into the score, but early stopping then flatters itself.</param>
/// <param name="CrossCorpus">No corpus of the test part is trained or validated on.</param>
/// <param name="Unheard">Utterances without an audio hash: their audio was not compared.</param>
public sealed record FoldAudit(string Fold, Overlap TrainTest, Overlap ValidationTest, Overlap TrainValidation, bool CrossCorpus, int Unheard)
{
    /// <summary>What scores of this fold may be taken for.</summary>
    public BadgeKind Kind => TrainTest.Leaks || ValidationTest.Leaks ? BadgeKind.SpeakerDependent
        : CrossCorpus ? BadgeKind.CrossCorpus : BadgeKind.SpeakerIndependent;
}

/// <summary>What two parts of a fold have in common.</summary>
/// <param name="Speakers">Speakers in both; with several corpora as <c>corpus/speaker</c>.</param>
/// <param name="Sentences">Sentence ids in both.</param>
/// <param name="Utterances">Utterance ids in both.</param>
/// <param name="Audio">Utterances whose decoded samples are identical, the first part's id first; the same utterance in both is not repeated here.</param>
public sealed record Overlap(
    IReadOnlyList<string> Speakers,
    IReadOnlyList<string> Sentences,
    IReadOnlyList<string> Utterances,
    IReadOnlyList<SharedAudio> Audio)
{
    /// <summary>Utterances of one corpus whose audio is near-identical without being identical, the first part's id first.</summary>
    public IReadOnlyList<SharedAudio> NearAudio { get; init; } = [];

    /// <summary>Whether a speaker, an utterance or audio is shared.</summary>
    public bool Leaks => Speakers.Count > 0 || Utterances.Count > 0 || Audio.Count > 0 || NearAudio.Count > 0;

    /// <summary>Compares two parts. Sentences and utterances are the same only within one corpus, speakers also where its card says so; identical audio is the same anywhere.</summary>
    /// <param name="first">One part.</param>
    /// <param name="second">The other.</param>
    public static Overlap Between(IReadOnlyList<Utterance> first, IReadOnlyList<Utterance> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var oneCorpus = first.Concat(second).Select(u => u.Corpus).Distinct().Count() < 2;
        var heard = second.Where(u => u.AudioHash.Length > 0).ToLookup(u => u.AudioHash);
        var groups = second.Where(u => u.AudioGroup is not null).ToLookup(u => (u.Corpus, u.AudioGroup));
        var audio =
            from a in first
            where a.AudioHash.Length > 0
            from b in heard[a.AudioHash]
            where !Same(a, b)
            select (a, b);
        var near =
            from a in first
            where a.AudioGroup is not null
            from b in groups[(a.Corpus, a.AudioGroup)]
            where !Same(a, b) && a.AudioHash != b.AudioHash
            select (a, b);
        return new Overlap(
            Shared(u => CrossCorpus.Plain(u, u.Speaker), PeopleOf),
            Shared(u => u.Text, c => c),
            Shared(u => CrossCorpus.Plain(u, u.Id), c => c),
            Sorted(audio))
        {
            NearAudio = Sorted(near),
        };

        static bool Same(Utterance a, Utterance b) => (a.Corpus, CrossCorpus.Plain(a, a.Id)) == (b.Corpus, CrossCorpus.Plain(b, b.Id));

        List<SharedAudio> Sorted(IEnumerable<(Utterance A, Utterance B)> pairs) =>
        [
            .. pairs.Select(p => new SharedAudio(
                    Show(p.A.Corpus, CrossCorpus.Plain(p.A, p.A.Id)),
                    Show(p.B.Corpus, CrossCorpus.Plain(p.B, p.B.Id)),
                    (p.A.Corpus, CrossCorpus.Plain(p.A, p.A.Speaker)) == (p.B.Corpus, CrossCorpus.Plain(p.B, p.B.Speaker))))
                .OrderBy(p => p.First, StringComparer.Ordinal).ThenBy(p => p.Second, StringComparer.Ordinal),
        ];

        string Show(string corpus, string name) => oneCorpus ? name : $"{corpus}/{name}";

        // The same people may speak in one corpus and sing in another.
        string PeopleOf(string corpus) => CorpusCatalog.All.FirstOrDefault(c => c.Card.Name == corpus)?.Card.SpeakersOf ?? corpus;

        List<string> Shared(Func<Utterance, string?> of, Func<string, string> whose)
        {
            var there = second.Select(u => (Corpus: whose(u.Corpus), Value: of(u))).ToHashSet();
            return
            [
                .. first.Select(u => (Corpus: whose(u.Corpus), Value: of(u))).Distinct()
                    .Where(v => v.Value is not null && there.Contains(v))
                    .Select(v => Show(v.Corpus, v.Value!)).Order(StringComparer.Ordinal),
            ];
        }
    }
}

/// <summary>Two utterances with identical decoded samples, or near-identical audio.</summary>
/// <param name="First">The one's id.</param>
/// <param name="Second">The other's id.</param>
/// <param name="SameSpeaker">Whether the corpus ascribes both to one speaker.</param>
public sealed record SharedAudio(string First, string Second, bool SameSpeaker);
