using Undertone.Corpora;

namespace Undertone.Protocols;

/// <summary>Each speaker is tested once by a model that never heard them: one fold a speaker, named after the speaker.</summary>
public sealed class LeaveOneSpeakerOut : Protocol
{
    /// <inheritdoc/>
    public override string Kind => "leave-one-speaker-out";

    /// <inheritdoc/>
    public override string Name => "loso";

    /// <inheritdoc/>
    public override bool ClaimsSpeakerIndependence => true;

    /// <inheritdoc/>
    protected override IReadOnlyList<Split> TestFolds(CorpusData corpus)
    {
        var speakers = Voice.Of(corpus.Utterances).Select(v => v.Name).ToList();
        if (speakers.Count < 2)
        {
            throw new UndertoneException(
                $"protocol '{Name}' on corpus '{corpus.Card.Name}': the corpus has one speaker, '{speakers[0]}', and leaving that one out leaves none; "
                + "expected at least two. 'random-k-fold' works with one speaker, and is badged speaker-dependent.");
        }

        var names = FoldNames.From(speakers);
        return [.. speakers.Select((speaker, i) => SpeakerFold(names[i], corpus, new HashSet<string> { speaker }))];
    }
}
