using Undertone.Speech;

namespace Undertone.Cli.Commands;

/// <summary>Turns files, folders and patterns from the command line into audio files.</summary>
internal static class AudioArguments
{
    /// <summary>Lists the files in the order given; those of a folder or pattern by name.</summary>
    /// <param name="arguments">Files, folders, or patterns with <c>*</c> and <c>?</c> in the last part.</param>
    /// <exception cref="UndertoneException">A folder or pattern holds no audio.</exception>
    public static IReadOnlyList<string> Expand(IReadOnlyList<string> arguments)
    {
        var files = new List<string>();
        foreach (var argument in arguments)
        {
            if (Directory.Exists(argument))
            {
                files.AddRange(Audio(argument, "*", SearchOption.AllDirectories, $"the folder '{argument}'"));
            }
            else if (!File.Exists(argument) && argument.AsSpan().IndexOfAny('*', '?') >= 0)
            {
                var folder = Path.GetDirectoryName(argument) is { Length: > 0 } parent ? parent : ".";
                if (!Directory.Exists(folder))
                {
                    throw new UndertoneException($"'{argument}' matches nothing: there is no folder '{folder}'.");
                }

                files.AddRange(Audio(folder, Path.GetFileName(argument), SearchOption.TopDirectoryOnly, $"the pattern '{argument}'"));
            }
            else
            {
                files.Add(argument);
            }
        }

        return files;
    }

    private static List<string> Audio(string folder, string pattern, SearchOption depth, string what)
    {
        var found = Directory.EnumerateFiles(folder, pattern, depth)
            .Where(AudioFile.HasAudioExtension)
            .Order(StringComparer.Ordinal)
            .ToList();
        return found.Count > 0
            ? found
            : throw new UndertoneException($"{what} holds no audio files; expected one of {string.Join(", ", AudioFile.Extensions)}.");
    }
}
