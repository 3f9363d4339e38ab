namespace Undertone.Corpora;

/// <summary>Looks through a corpus's folder, wherever below it the files lie.</summary>
internal static class CorpusFolder
{
    // Deeper trees are no corpus but a link that leads back into itself.
    private const int DeepestFolder = 12;

    private static readonly string[] ReadExtensions = [".wav", ".flac", ".sph"];

    // Named so that a folder of MP3 conversions or of videos is reported as such and not as empty.
    private static readonly string[] OtherMedia = [".mp3", ".ogg", ".opus", ".m4a", ".aif", ".aiff", ".mp4", ".avi", ".au"];

    /// <summary>Whether files with this extension, in lower case with its dot, are read as audio of a corpus.</summary>
    public static bool IsRead(string extension) => ReadExtensions.Contains(extension);

    /// <summary>Why a media file with another extension is left out, and the way out.</summary>
    public static string NotRead(string path)
    {
        var extension = Path.GetExtension(path).ToLowerInvariant();
        var video = extension is ".avi" or ".mp4" ? $" (its sound: ffmpeg -i {Path.GetFileName(path)} -vn {Path.GetFileNameWithoutExtension(path)}.wav)" : "";
        return $"'{extension}' files are not read as a corpus; expected .wav or .flac{video}";
    }

    /// <summary>Audio and video files, sorted by depth, then by name: of two mirror copies the one nearer to the top comes first, on every machine the same.</summary>
    /// <exception cref="UndertoneException">There is no such folder, or it cannot be read through.</exception>
    public static string[] Media(CorpusCard card, string folder) =>
        Files(card, folder, p => ReadExtensions.Concat(OtherMedia).Contains(Path.GetExtension(p), StringComparer.OrdinalIgnoreCase));

    /// <summary>Files of a kind, sorted in the same way; hidden ones are passed over.</summary>
    /// <exception cref="UndertoneException">As for media files.</exception>
    public static string[] Files(CorpusCard card, string folder, Func<string, bool> wanted)
    {
        if (!Directory.Exists(folder))
        {
            throw new UndertoneException(
                $"Corpus '{card.Name}': there is no folder '{folder}'. Expected the folder that holds the corpus's audio files. {card.Access}".TrimEnd());
        }

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
                .Where(p => !IsHidden(p) && wanted(p))
                .OrderBy(Depth)
                .ThenBy(p => p, StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new UndertoneException(
                $"Corpus '{card.Name}': the folder '{folder}' could not be read through: {e.Message} Make it readable, then try again.", e);
        }
    }

    /// <summary>The file of a name, in any letter case; null where there is none. Of several the one nearest to the top.</summary>
    public static string? Find(CorpusCard card, string folder, string name) =>
        Files(card, folder, p => string.Equals(Path.GetFileName(p), name, StringComparison.OrdinalIgnoreCase)).FirstOrDefault();

    // Also the '._name.wav' files that macOS leaves beside the real ones: they carry no audio.
    private static bool IsHidden(string path) => Path.GetFileName(path.AsSpan()).StartsWith(".", StringComparison.Ordinal);

    private static int Depth(string path) => path.Count(c => c == Path.DirectorySeparatorChar);
}
