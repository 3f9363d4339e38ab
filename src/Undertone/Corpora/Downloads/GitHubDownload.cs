using System.Text.Json;

namespace Undertone.Corpora.Downloads;

/// <summary>
/// Files of a repository on GitHub, one by one: its list of a tree (https://docs.github.com/rest/git/trees) has Git's own name for
/// each content, which is its checksum. Files in Git LFS are pointers there, and are had from the media server. An archive of the
/// repository is made anew for each download and holds pointers instead of such files.
/// </summary>
/// <param name="Repository">Owner and name: <c>owner/name</c>.</param>
/// <param name="Branch">The branch.</param>
/// <param name="Paths">What is wanted: files, and folders with a slash at the end (without the folders in them).</param>
public sealed record GitHubDownload(string Repository, string Branch, params IReadOnlyList<string> Paths) : CorpusDownload
{
    // By Git LFS's specification a pointer is smaller, and no recording is.
    private const long LargestPointer = 1024;

    private static readonly string[] LargeFiles = [".wav"];

    /// <inheritdoc/>
    public override string Place => $"github.com/{Repository}";

    /// <inheritdoc/>
    public override string Verification => "each file by the name that Git gives its content, as the repository lists it";

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<RemoteFile>> ListAsync(Func<Uri, CancellationToken, Task<JsonDocument>> ask, CancellationToken cancellation)
    {
        var trees = new Dictionary<string, IReadOnlyList<Entry>>(StringComparer.Ordinal);
        var files = new List<RemoteFile>();
        foreach (var path in Paths)
        {
            var parts = path.Split('/');
            var (folder, sha) = ("", Branch);
            foreach (var part in parts[..^1])
            {
                var found = (await Tree(sha).ConfigureAwait(false)).FirstOrDefault(e => e.Path == part && e.Type == "tree") ?? throw Lacks(folder + part);
                (folder, sha) = ($"{folder}{part}/", found.Sha);
            }

            var wanted = (await Tree(sha).ConfigureAwait(false)).Where(e => e.IsFile && (parts[^1].Length == 0 || e.Path == parts[^1])).ToList();
            files.AddRange(wanted.Count > 0 ? wanted.Select(e => File(folder, e)) : throw Lacks(path));
        }

        return [.. files.OrderBy(f => f.Path, StringComparer.Ordinal)];

        async Task<IReadOnlyList<Entry>> Tree(string sha)
        {
            if (!trees.TryGetValue(sha, out var entries))
            {
                var address = new Uri($"https://api.github.com/repos/{Repository}/git/trees/{sha}");
                using var answer = await ask(address, cancellation).ConfigureAwait(false);
                trees[sha] = entries = Read(address, answer);
            }

            return entries;
        }
    }

    private static IReadOnlyList<Entry> Read(Uri address, JsonDocument answer)
    {
        try
        {
            if (answer.RootElement.TryGetProperty("truncated", out var truncated) && truncated.GetBoolean())
            {
                throw Unexpected(address, "a whole list of files; this one is cut off");
            }

            return
            [
                .. answer.RootElement.GetProperty("tree").EnumerateArray().Select(e => new Entry(
                    e.GetProperty("path").GetString()!,
                    e.GetProperty("type").GetString()!,
                    e.GetProperty("mode").GetString()!,
                    e.GetProperty("sha").GetString()!,
                    e.TryGetProperty("size", out var size) ? size.GetInt64() : 0)),
            ];
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw Unexpected(address, "a list of a Git tree", e);
        }
    }

    private RemoteFile File(string folder, Entry entry)
    {
        var path = folder + entry.Path;
        var large = entry.Size < LargestPointer && LargeFiles.Contains(Path.GetExtension(path).ToLowerInvariant());
        var server = large ? "https://media.githubusercontent.com/media" : "https://raw.githubusercontent.com";
        var escaped = string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
        return new RemoteFile(path, new Uri($"{server}/{Repository}/{Branch}/{escaped}"))
        {
            Bytes = large ? null : entry.Size,
            Checksum = new Checksum(ChecksumKind.GitBlob, entry.Sha),
        };
    }

    private DownloadException Lacks(string path) =>
        new($"{Place}: branch {Branch} has no '{path}' any more. The publisher may have moved it; a copy made by hand serves as well.");

    private sealed record Entry(string Path, string Type, string Mode, string Sha, long Size)
    {
        // 120000 is a symbolic link, 160000 another repository.
        public bool IsFile => Type == "blob" && Mode.StartsWith("100", StringComparison.Ordinal);
    }
}
