namespace Undertone.Corpora;

/// <summary>What lies in a corpus's folder, by names alone.</summary>
/// <param name="Utterances">The utterances, sorted by id, ordinal.</param>
/// <param name="Foreign">Audio files that are no utterance of the corpus, sorted by path.</param>
/// <param name="Copies">Second copies, byte for byte, of an utterance's file, sorted by path.</param>
public sealed record CorpusListing(
    IReadOnlyList<Utterance> Utterances,
    IReadOnlyList<ForeignFile> Foreign,
    IReadOnlyList<MirrorCopy> Copies)
{
    /// <summary>What is not known because a file beside the audio is missing, a sentence each with the way out.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>An audio file whose name is not one of the corpus's.</summary>
/// <param name="Path">The file.</param>
/// <param name="Reason">What in its name is not as expected.</param>
public sealed record ForeignFile(string Path, string Reason);

/// <summary>A second copy of an utterance's file, byte for byte, elsewhere in the folder. It is left out.</summary>
/// <param name="Path">The copy.</param>
/// <param name="Of">The file that is used.</param>
public sealed record MirrorCopy(string Path, string Of);

/// <summary>A number that a complete copy is known to have, besides its files, speakers and classes.</summary>
/// <param name="What">What is counted: <c>session 1</c>.</param>
/// <param name="Found">How many there are.</param>
/// <param name="Expected">How many there should be.</param>
public readonly record struct ExpectedCount(string What, int Found, int Expected);
