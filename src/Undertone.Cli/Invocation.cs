using Undertone.Corpora;

namespace Undertone.Cli;

/// <summary>How this program was called, so that a command it prints can be pasted into the same shell.</summary>
internal static class Invocation
{
    /// <summary>What a command line begins with: <c>./undertone</c> where the launcher of a checkout was called so.</summary>
    public static string Program { get; } =
        Environment.GetEnvironmentVariable("UNDERTONE_COMMAND") is { Length: > 0 } command ? command : "undertone";

    /// <summary>What a command line calls a corpus: its name, or its CSV file by the shorter way from here.</summary>
    /// <param name="card">The corpus's card.</param>
    public static string Corpus(CorpusCard card) =>
        card.Table is { } table && Path.GetRelativePath(Environment.CurrentDirectory, table) is { } near && near.Length < table.Length ? near : card.CommandName;

    /// <summary>A command line, quoted for a POSIX shell.</summary>
    /// <param name="arguments">The arguments after the program.</param>
    public static string Line(IEnumerable<string> arguments) =>
        string.Join(' ', arguments.Prepend(Program).Select(p => p.All(c => char.IsAsciiLetterOrDigit(c) || "-_./=,:+@%".Contains(c, StringComparison.Ordinal))
            ? p
            : $"'{p.Replace("'", "'\\''", StringComparison.Ordinal)}'"));
}
