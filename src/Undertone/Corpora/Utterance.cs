using Undertone.Emotions;
using Undertone.Speech;

namespace Undertone.Corpora;

/// <summary>One recording of a corpus: a row of <c>utterances.csv</c>.</summary>
/// <param name="Corpus">The corpus's name, as in the catalog.</param>
/// <param name="Id">A name unique in the corpus: <c>03a01Fa</c>.</param>
/// <param name="Path">Where the audio lies on this machine.</param>
/// <param name="Speaker">The speaker's id, unique in the corpus.</param>
/// <param name="Emotion">The corpus's own label, by its canonical name (<see cref="Undertone.Emotions.Emotion"/>).</param>
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

    /// <summary>Arousal (activation), where rated, on the corpus's own scale (<see cref="CorpusCard.DimensionScale"/>).</summary>
    public double? Arousal { get; init; }

    /// <summary>Valence, where rated, on the corpus's own scale.</summary>
    public double? Valence { get; init; }

    /// <summary>Dominance, where rated, on the corpus's own scale.</summary>
    public double? Dominance { get; init; }

    /// <summary>Every annotator's or listener's categorical votes, where the corpus has them.</summary>
    public EmotionVotes? Votes { get; init; }

    /// <summary>The share of listeners who recognised <see cref="Emotion"/> from the audio, from 0 to 1, where known.</summary>
    public double? HumanRate { get; init; }

    /// <summary>Where in the file the utterance begins, in seconds; null for the file's beginning.</summary>
    public double? Start { get; init; }

    /// <summary>Where in the file the utterance ends, in seconds; null for the file's end.</summary>
    public double? End { get; init; }

    /// <summary>How the speaking came about, where a corpus has both: <c>improvised</c>, <c>scripted</c>.</summary>
    public string? Style { get; init; }

    /// <summary>Duration in seconds; 0 until the audio was read.</summary>
    public double Seconds { get; init; }

    /// <summary>SHA-256 of the decoded mono 16 kHz samples (little-endian float32), lower-case hex; empty until the audio was read.</summary>
    public string AudioHash { get; init; } = "";

    /// <summary>
    /// What recordings with near-identical audio share (<see cref="NearIdenticalAudio"/>): the first id, ordinal, among
    /// them. Null where there is no other like it, or until the audio was read.
    /// </summary>
    public string? AudioGroup { get; init; }

    /// <summary>Reads the utterance's audio: its file, or the part of it from <see cref="Start"/> to <see cref="End"/>.</summary>
    /// <returns>Mono audio at 16 kHz.</returns>
    /// <exception cref="AudioException">The file cannot be read, or the part is not in it.</exception>
    public Waveform ReadAudio() => Start is null && End is null ? AudioFile.Read(Path) : AudioFile.Read(Path, Start ?? 0, End);
}
