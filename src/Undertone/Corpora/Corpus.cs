using Undertone.Corpora.Downloads;

namespace Undertone.Corpora;

/// <summary>A corpus that Undertone can find on disk and read. One file a corpus; <c>CorpusCatalog</c> lists them.</summary>
public abstract class Corpus
{
    /// <summary>What the corpus is.</summary>
    public abstract CorpusCard Card { get; }

    /// <summary>Where the corpus can be made or read without a copy of the user's own; null for a corpus that must be brought.</summary>
    public virtual string? OwnFolder => null;

    /// <summary>Where its files can be downloaded freely; null for a corpus that must be applied for, or is made.</summary>
    public virtual CorpusDownload? Download => null;

    /// <summary>
    /// Makes a folder ready to be listed: a corpus that is made rather than brought is made here, where it is not whole
    /// yet. <see cref="List"/> does this by itself.
    /// </summary>
    /// <param name="folder">The corpus's folder; it may not exist yet.</param>
    /// <exception cref="UndertoneException">The folder cannot be written.</exception>
    public virtual void Prepare(string folder)
    {
    }

    /// <summary>
    /// Lists the utterances below a folder by their names alone, without opening audio: tolerant of where in the
    /// folder the audio lies and of <c>.wav</c> or <c>.flac</c>. Sorted by id, ordinal.
    /// </summary>
    /// <param name="folder">The corpus's folder.</param>
    /// <exception cref="UndertoneException">There is no such folder, or nothing of this corpus in it.</exception>
    public abstract IReadOnlyList<Utterance> List(string folder);

    /// <summary>Lists the utterances below a folder and says what else lies there: foreign files and mirror copies. Changes nothing.</summary>
    /// <param name="folder">The corpus's folder.</param>
    /// <returns>Utterances sorted by id; other audio files with the reason why they are none; exact second copies.</returns>
    /// <exception cref="UndertoneException">As <see cref="List"/>.</exception>
    public virtual CorpusListing Survey(string folder) => new(List(folder), [], []);

    /// <summary>Counts that a complete copy is known to have besides those of its card, such as utterances by session.</summary>
    /// <param name="utterances">The utterances of a copy.</param>
    public virtual IReadOnlyList<ExpectedCount> Counts(IReadOnlyList<Utterance> utterances) => [];
}
