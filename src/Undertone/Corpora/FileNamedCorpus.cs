namespace Undertone.Corpora;

/// <summary>
/// A corpus whose labels stand in its file names. A derived class reads one name; this class finds the files, wherever
/// below the folder they lie, and settles what to do with names that occur twice.
/// </summary>
public abstract class FileNamedCorpus : Corpus
{
    // Deeper trees are no corpus but a link that leads back into itself.
    private const int DeepestFolder = 12;

    private static readonly string[] ReadExtensions = [".wav", ".flac"];

    // Named so that a folder of MP3 conversions is reported as such and not as empty.
    private static readonly string[] OtherMedia = [".mp3", ".ogg", ".opus", ".m4a", ".aif", ".aiff", ".mp4", ".au"];

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
        if (!Directory.Exists(folder))
        {
            throw new UndertoneException(
                $"Corpus '{Card.Name}': there is no folder '{folder}'. Expected the folder that holds the corpus's audio files. {Card.Access}".TrimEnd());
        }

        var utterances = new Dictionary<string, Utterance>(StringComparer.Ordinal);
        var foreign = new List<ForeignFile>();
        var copies = new List<MirrorCopy>();
        foreach (var path in MediaFiles(folder))
        {
            var extension = Path.GetExtension(path).ToLowerInvariant();
            if (!ReadExtensions.Contains(extension))
            {
                foreign.Add(new ForeignFile(path, $"'{extension}' files are not read as a corpus; expected .wav or .flac"));
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

        if (utterances.Count == 0)
        {
            throw new UndertoneException(Nothing(folder, foreign));
        }

        return new CorpusListing([.. utterances.Values.OrderBy(u => u.Id, StringComparer.Ordinal)], foreign, copies);
    }

    // Sorted by depth, then by name: of two mirror copies the one nearer to the top is used, on every machine the same.
    private string[] MediaFiles(string folder)
    {
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            MaxRecursionDepth = DeepestFolder,
            IgnoreInaccessible = false,
            AttributesToSkip = FileAttributes.Hidden | FileAttributes.System,
            MatchType = MatchType.Simple,
        };
        try
        {
            return [.. Directory.EnumerateFiles(Path.GetFullPath(folder), "*", options)
                .Where(p => !IsHidden(p) && IsMedia(p))
                .OrderBy(Depth)
                .ThenBy(p => p, StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new UndertoneException(
                $"Corpus '{Card.Name}': the folder '{folder}' could not be read through: {e.Message} Make it readable, then try again.", e);
        }
    }

    // Also the '._name.wav' files that macOS leaves beside the real ones: they carry no audio.
    private static bool IsHidden(string path) => Path.GetFileName(path.AsSpan()).StartsWith(".", StringComparison.Ordinal);

    private static bool IsMedia(string path)
    {
        var extension = Path.GetExtension(path);
        return ReadExtensions.Concat(OtherMedia).Contains(extension, StringComparer.OrdinalIgnoreCase);
    }

    private static int Depth(string path) => path.Count(c => c == Path.DirectorySeparatorChar);

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
        return $"Corpus '{Card.Name}': nothing of it in '{folder}': {found}. Expected {Card.Utterances} .wav or .flac files named like {Card.FileNames} {Card.Access}".TrimEnd();
    }
}
