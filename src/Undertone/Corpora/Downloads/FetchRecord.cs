using System.Globalization;
using System.Text;

namespace Undertone.Corpora.Downloads;

/// <summary>An archive that was fetched.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Its SHA-256.</param>
/// <param name="Date">The day of its first download (UTC), ISO 8601.</param>
/// <param name="Address">Where it came from.</param>
internal sealed record FetchedArchive(string Name, long Bytes, string Sha256, string Date, string Address);

/// <summary>
/// What was fetched into a corpus's folder: a small text file in it, with the checksum of each archive at its first download and what came
/// out of it. Written aside and renamed into place.
/// </summary>
internal sealed class FetchRecord
{
    public const string FileName = "record.tsv";

    private const string Header = "undertone fetch 1";

    private readonly string _file;
    private readonly SortedDictionary<string, FetchedArchive> _archives = new(StringComparer.Ordinal);
    private readonly List<(string Archive, string Path, long Bytes)> _files = [];

    private FetchRecord(string file) => _file = file;

    /// <summary>Where it lies.</summary>
    public string Location => _file;

    /// <summary>Opens the record of a folder; an empty one where there is none.</summary>
    /// <param name="work">The folder that holds it.</param>
    /// <exception cref="UndertoneException">It is of another version, or damaged.</exception>
    public static FetchRecord Open(string work)
    {
        var record = new FetchRecord(Path.Combine(work, FileName));
        if (!File.Exists(record._file))
        {
            return record;
        }

        var lines = File.ReadAllLines(record._file);
        if (lines.Length == 0 || lines[0] != Header)
        {
            throw record.Wrong(1, lines.Length == 0 ? "is empty" : $"begins with '{SafePath.Shown(lines[0])}'", $"'{Header}'");
        }

        for (var i = 1; i < lines.Length; i++)
        {
            switch (lines[i].Split('\t'))
            {
                case ["archive", var name, var bytes, { Length: 64 } sha, var date, var address] when Whole(bytes, out var size):
                    record._archives[name] = new FetchedArchive(name, size, sha, date, address);
                    break;
                case ["file", var archive, var path, var bytes] when Whole(bytes, out var size):
                    record._files.Add((archive, path, size));
                    break;
                default:
                    throw record.Wrong(i + 1, $"is '{SafePath.Shown(lines[i])}'", "'archive' or 'file' with its fields, a tab between them");
            }
        }

        return record;
    }

    /// <summary>What is known of an archive, or null.</summary>
    public FetchedArchive? Find(string archive) => _archives.GetValueOrDefault(archive);

    /// <summary>Whether everything that came out of an archive is still there, with its size.</summary>
    public bool IsWhole(string archive, string folder)
    {
        var files = _files.Where(f => f.Archive == archive).ToList();
        return files.Count > 0 && files.TrueForAll(f => new FileInfo(Path.Combine(folder, f.Path)) is { Exists: true } there && there.Length == f.Bytes);
    }

    /// <summary>Keeps an archive and what came out of it.</summary>
    public void Keep(FetchedArchive archive, IReadOnlyList<(string Path, long Bytes)> files)
    {
        _archives[archive.Name] = archive;
        _files.RemoveAll(f => f.Archive == archive.Name);
        _files.AddRange(files.Select(f => (archive.Name, f.Path, f.Bytes)));
        Write();
    }

    /// <summary>Writes the record.</summary>
    public void Write()
    {
        var text = new StringBuilder(Header).Append('\n');
        foreach (var a in _archives.Values)
        {
            text.Append(CultureInfo.InvariantCulture, $"archive\t{a.Name}\t{a.Bytes}\t{a.Sha256}\t{a.Date}\t{a.Address}\n");
        }

        foreach (var (archive, path, bytes) in _files)
        {
            text.Append(CultureInfo.InvariantCulture, $"file\t{archive}\t{path}\t{bytes}\n");
        }

        File.WriteAllText(_file + ".new", text.ToString());
        File.Move(_file + ".new", _file, overwrite: true);
    }

    private static bool Whole(string text, out long value) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private UndertoneException Wrong(int line, string found, string expected) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{_file}, line {line}: {found}; expected {expected}. Delete the file: the same command then downloads anew and writes it again."));
}
