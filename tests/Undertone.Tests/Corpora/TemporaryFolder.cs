namespace Undertone.Tests.Corpora;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("undertone-test-").FullName;

    /// <summary>Writes a file below the folder and returns its path.</summary>
    public string Write(string relative, byte[]? content = null)
    {
        var path = System.IO.Path.Combine(Path, relative);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content ?? System.Text.Encoding.UTF8.GetBytes(relative));
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
