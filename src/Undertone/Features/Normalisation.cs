namespace Undertone.Features;

/// <summary>Whose mean and standard deviation features are normalised with.</summary>
public enum Normalisation
{
    /// <summary>Features as they are.</summary>
    None,

    /// <summary>
    /// The utterance's own mean, then the standard deviation of the fold's training speakers. It takes the speaker's and
    /// the channel's colour away without any other recording of the speaker, so scores keep their badge.
    /// </summary>
    Utterance,

    /// <summary>
    /// The utterance's own mean and standard deviation. It takes the range of levels away too, which noise and room
    /// compress differently in every corpus; scores keep their badge.
    /// </summary>
    UtteranceVariance,

    /// <summary>Mean and standard deviation of the fold's training speakers; scores keep their badge.</summary>
    Global,

    /// <summary>
    /// Mean and standard deviation of all unlabelled utterances of the same speaker, test speakers included:
    /// scores are badged <c>adapted</c>, and one lone recording cannot be normalised so.
    /// </summary>
    Speaker,

    /// <summary>
    /// Mean and standard deviation of all unlabelled utterances of the same corpus: a corpus that is trained on has those of
    /// its training utterances, any other those of its own, test utterances included. It takes away what rooms,
    /// microphones and languages do to all recordings of a corpus; scores are badged <c>adapted</c>.
    /// </summary>
    Corpus,
}
