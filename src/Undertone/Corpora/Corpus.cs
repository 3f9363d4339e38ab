namespace Undertone.Corpora;

/// <summary>A corpus that Undertone can find on disk and read. One file a corpus; <c>CorpusCatalog</c> lists them.</summary>
public abstract class Corpus
{
    /// <summary>What the corpus is.</summary>
    public abstract CorpusCard Card { get; }

    /// <summary>
    /// Lists the utterances below a folder by their names alone, without opening audio: tolerant of where in the
    /// folder the audio lies and of <c>.wav</c> or <c>.flac</c>. Sorted by id, ordinal.
    /// </summary>
    /// <param name="folder">The corpus's folder.</param>
    /// <exception cref="UndertoneException">There is no such folder, or nothing of this corpus in it.</exception>
    public abstract IReadOnlyList<Utterance> List(string folder);
}
