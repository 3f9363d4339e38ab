using System.Text.Json;

namespace Undertone.Corpora.Downloads;

/// <summary>
/// The files of a data set in a Dataverse repository, one by one, by its native API and its data access API
/// (https://guides.dataverse.org/en/latest/api/): its list has the size and the checksum of each. Its archive of all files is made
/// anew for each download, so that it has no checksum, cannot be continued and may leave files out.
/// </summary>
/// <param name="Server">The repository: <c>https://borealisdata.ca</c>.</param>
/// <param name="PersistentId">The data set: <c>doi:10.5683/SP2/E8H2MF</c>.</param>
/// <param name="Extension">The files that are wanted, by their extension in lower case with its dot.</param>
public sealed record DataverseDownload(Uri Server, string PersistentId, string Extension) : CorpusDownload
{
    /// <inheritdoc/>
    public override string Place => $"{Server.Host}, {PersistentId}";

    /// <inheritdoc/>
    public override string Verification => "each file by the size and checksum that the repository lists";

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<RemoteFile>> ListAsync(Func<Uri, CancellationToken, Task<JsonDocument>> ask, CancellationToken cancellation)
    {
        var address = new Uri(Server, $"/api/datasets/:persistentId/versions/:latest-published/files?persistentId={PersistentId}");
        using var answer = await ask(address, cancellation).ConfigureAwait(false);
        try
        {
            var files = answer.RootElement.GetProperty("data").EnumerateArray().Select(Read)
                .Where(f => f.Path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase))
                .OrderBy(f => f.Path, StringComparer.Ordinal)
                .ToList();
            return files.Count > 0 ? files : throw Unexpected(address, $"a list with {Extension} files");
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw Unexpected(address, "a Dataverse list of files", e);
        }
    }

    private RemoteFile Read(JsonElement entry)
    {
        var file = entry.GetProperty("dataFile");
        var name = entry.TryGetProperty("label", out var label) ? label.GetString() : file.GetProperty("filename").GetString();
        var folder = entry.TryGetProperty("directoryLabel", out var directory) ? $"{directory.GetString()}/" : "";
        return new RemoteFile(folder + name, new Uri(Server, $"/api/access/datafile/{file.GetProperty("id").GetInt64()}"))
        {
            Bytes = file.GetProperty("filesize").GetInt64(),
            Checksum = ChecksumOf(file),
        };
    }

    private static Checksum? ChecksumOf(JsonElement file)
    {
        var (type, value) = file.TryGetProperty("checksum", out var sum) ? (sum.GetProperty("type").GetString(), sum.GetProperty("value").GetString())
            : file.TryGetProperty("md5", out var md5) ? ("MD5", md5.GetString())
            : (null, null);
        return (type, value) switch
        {
            ("MD5", { } v) => new Checksum(ChecksumKind.Md5, v.ToLowerInvariant()),
            ("SHA-1", { } v) => new Checksum(ChecksumKind.Sha1, v.ToLowerInvariant()),
            ("SHA-256", { } v) => new Checksum(ChecksumKind.Sha256, v.ToLowerInvariant()),
            _ => null,
        };
    }
}
