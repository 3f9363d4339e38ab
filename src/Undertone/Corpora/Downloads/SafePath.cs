using System.Text;

namespace Undertone.Corpora.Downloads;

/// <summary>Paths that come from elsewhere, as an archive or a server gives them, and may not lead out of a folder.</summary>
internal static class SafePath
{
    private const int LongestName = 255; // bytes, on every file system in use
    private const int DeepestFolder = 12;

    /// <summary>Puts a path into the form that is used: forward slashes, no empty parts and no '.'.</summary>
    /// <param name="name">The path as it came.</param>
    /// <param name="problem">What is wrong with it, or empty.</param>
    /// <returns>The relative path, or null where it is refused.</returns>
    public static string? Of(string name, out string problem)
    {
        // Some archivers write backslashes, and where they separate nothing a '..' could hide behind one.
        var plain = name.Replace('\\', '/');
        var parts = plain.Split('/').Where(p => p is not ("" or ".")).ToArray();
        problem = plain.StartsWith('/') || (plain.Length > 1 && plain[1] == ':' && char.IsAsciiLetter(plain[0])) ? "is an absolute path"
            : parts.Contains("..") ? "leads out of the folder"
            : parts.Length == 0 ? "names nothing"
            : parts.Length > DeepestFolder ? $"lies deeper than {DeepestFolder} folders"
            : name.Any(char.IsControl) ? "holds control characters"
            : parts.Any(p => Encoding.UTF8.GetByteCount(p) > LongestName) ? $"has a name longer than {LongestName} bytes"
            : parts[0] == CorpusFetch.WorkFolder ? $"would overwrite '{CorpusFetch.WorkFolder}'"
            : "";
        return problem.Length == 0 ? string.Join('/', parts) : null;
    }

    /// <summary>A path as it can be printed: control characters shown, not done.</summary>
    public static string Shown(string name) => string.Concat(name.Select(c => char.IsControl(c) ? '?' : c));

    /// <summary>Makes the folder of a file, refusing to go through a symbolic link.</summary>
    /// <param name="folder">The folder that must not be left; itself it may be reached by links.</param>
    /// <param name="relative">The file's path, as <see cref="Of"/> gives it.</param>
    /// <returns>The file's full path.</returns>
    /// <exception cref="UndertoneException">A folder on the way, or the file itself, is a link.</exception>
    public static string Prepare(string folder, string relative)
    {
        var path = folder;
        foreach (var part in relative.Split('/'))
        {
            Directory.CreateDirectory(path);
            path = Path.Combine(path, part);
            if (new FileInfo(path).LinkTarget is { } target)
            {
                throw new UndertoneException($"'{path}' is a symbolic link to '{target}': nothing is written through links. Move it out of the folder, then try again.");
            }
        }

        return path;
    }
}
