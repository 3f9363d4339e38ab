namespace Undertone.Corpora;

/// <summary>
/// A corpus whose labels stand in its file names. A derived class reads one name; this class finds the files, wherever
/// below the folder they lie, and settles what to do with names that occur twice.
/// </summary>
public abstract class FileNamedCorpus : Corpus
{
    /// <summary>Reads one file name.</summary>
    /// <param name="stem">The name without folder and extension.</param>
    /// <param name="path">The file, for <see cref="Utterance.Path"/>.</param>
    /// <returns>The utterance, or what is wrong with the name.</returns>
    public abstract NameParse Parse(string stem, string path);

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Utterance> List(string folder)
    {
        Prepare(folder);
        return Survey(folder).Utterances;
    }

    /// <inheritdoc/>
    public sealed override CorpusListing Survey(string folder)
    {
        var utterances = new Dictionary<string, Utterance>(StringComparer.Ordinal);
        var foreign = new List<ForeignFile>();
        var copies = new List<MirrorCopy>();
        foreach (var path in CorpusFolder.Media(Card, folder))
        {
            var extension = Path.GetExtension(path).ToLowerInvariant();
            if (!CorpusFolder.IsRead(extension))
            {
                foreign.Add(new ForeignFile(path, CorpusFolder.NotRead(path)));
                continue;
            }

            var (utterance, problem) = Parse(Path.GetFileNameWithoutExtension(path), path);
            if (utterance is null)
            {
                foreign.Add(new ForeignFile(path, problem));
            }
            else if (!utterances.TryAdd(utterance.Id, utterance))
            {
                copies.Add(Copy(utterance, utterances[utterance.Id]));
            }
        }

        // An MP3 or a video beside the same recording as WAV is part of some distributions.
        var stems = utterances.Values.Select(u => Path.GetFileNameWithoutExtension(u.Path)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreign.RemoveAll(f => !CorpusFolder.IsRead(Path.GetExtension(f.Path).ToLowerInvariant()) && stems.Contains(Path.GetFileNameWithoutExtension(f.Path)));
        if (utterances.Count == 0)
        {
            throw new UndertoneException(Nothing(folder, foreign));
        }

        var notes = new List<string>();
        var known = Annotate(folder, [.. utterances.Values.OrderBy(u => u.Id, StringComparer.Ordinal)], notes);
        return new CorpusListing(known, foreign, copies) { Notes = notes };
    }

    /// <summary>Adds what other files of the corpus say of its utterances: labels, ratings, votes, ages.</summary>
    /// <param name="folder">The corpus's folder.</param>
    /// <param name="utterances">The utterances as their names give them, sorted by id.</param>
    /// <param name="notes">Takes a sentence for each such file that is missing.</param>
    /// <returns>The utterances, sorted by id.</returns>
    /// <exception cref="UndertoneException">A file is damaged; the message names it and the line.</exception>
    protected virtual IReadOnlyList<Utterance> Annotate(string folder, IReadOnlyList<Utterance> utterances, ICollection<string> notes) => utterances;

    private MirrorCopy Copy(Utterance second, Utterance first)
    {
        if (!SameBytes(first.Path, second.Path))
        {
            throw new UndertoneException(
                $"Corpus '{Card.Name}': two different files are both utterance '{first.Id}': '{first.Path}' and '{second.Path}'. "
                + "Expected one file for each utterance; move one of them out of the folder.");
        }

        return new MirrorCopy(second.Path, first.Path);
    }

    private static bool SameBytes(string a, string b) =>
        new FileInfo(a).Length == new FileInfo(b).Length && File.ReadAllBytes(a).AsSpan().SequenceEqual(File.ReadAllBytes(b));

    private string Nothing(string folder, List<ForeignFile> foreign)
    {
        var found = foreign.Count == 0
            ? "no audio file lies in it or below it"
            : $"none of its {foreign.Count} audio files is named as this corpus names them (first: '{Path.GetRelativePath(folder, foreign[0].Path)}': {foreign[0].Reason})";
        return $"Corpus '{Card.Name}': nothing of it in '{folder}': {found}. Expected {Card.Expected} {Card.Access}".TrimEnd();
    }
}
