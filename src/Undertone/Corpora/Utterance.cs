namespace Undertone.Corpora;

/// <summary>One recording of a corpus: a row of <c>utterances.csv</c>.</summary>
/// <param name="Corpus">The corpus's name, as in the catalog.</param>
/// <param name="Id">A name unique in the corpus: <c>03a01Fa</c>.</param>
/// <param name="Path">Where the audio lies on this machine.</param>
/// <param name="Speaker">The speaker's id, unique in the corpus.</param>
/// <param name="Emotion">The corpus's own label, by its canonical name (<see cref="Emotions.Emotion"/>).</param>
public sealed record Utterance(string Corpus, string Id, string Path, string Speaker, string Emotion)
{
    /// <summary><c>female</c>, <c>male</c>, or null where the corpus does not say.</summary>
    public string? Gender { get; init; }

    /// <summary>Age in years, where known.</summary>
    public int? Age { get; init; }

    /// <summary>ISO 639-1 code of the language: <c>de</c>.</summary>
    public string? Language { get; init; }

    /// <summary>An id of the sentence spoken, where the corpus has prompted sentences.</summary>
    public string? Text { get; init; }

    /// <summary>The recording session, where the corpus has sessions.</summary>
    public string? Session { get; init; }

    /// <summary>Emotional intensity, where labelled: <c>normal</c>, <c>strong</c>.</summary>
    public string? Intensity { get; init; }

    /// <summary>Duration in seconds; 0 until the audio was read.</summary>
    public double Seconds { get; init; }

    /// <summary>SHA-256 of the decoded mono 16 kHz samples (little-endian float32), lower-case hex; empty until the audio was read.</summary>
    public string AudioHash { get; init; } = "";
}
