using System.Text.RegularExpressions;

namespace Undertone.EndToEnd.Tests;

/// <summary>
/// A Markdown file of the checkout as the tests read it: fenced blocks with what the comments right above them say, links
/// and headings. A comment above a block tells what it is: <c>&lt;!-- file: calls.yaml --&gt;</c> is written to that file,
/// <c>&lt;!-- from: src/... --&gt;</c> is an excerpt of it, <c>&lt;!-- exits: 2 --&gt;</c> ends so,
/// <c>&lt;!-- numbers vary --&gt;</c> shows numbers that differ from machine to machine,
/// <c>&lt;!-- not run: why --&gt;</c> is left alone.
/// </summary>
internal sealed partial class MarkdownPage
{
    private MarkdownPage(string path, string text)
    {
        Path = path;
        Text = text;
        Blocks = [.. Read(text.Split('\n'))];
    }

    /// <summary>Its path in the checkout, with forward slashes.</summary>
    public string Path { get; }

    public string Text { get; }

    public IReadOnlyList<MarkdownBlock> Blocks { get; }

    /// <summary>The page that must have been worked through before this one: <c>&lt;!-- after: own-corpus.md --&gt;</c>.</summary>
    public string? After => AfterComment().Match(Text) is { Success: true } match ? Folder + match.Groups["page"].Value : null;

    /// <summary>Link targets with their lines; those in code do not count.</summary>
    public IEnumerable<(int Line, string Target)> Links =>
        Prose().SelectMany(l => Link().Matches(InlineCode().Replace(l.Text, "")).Select(m => (l.Line, m.Groups["target"].Value)));

    /// <summary>The anchors of its headings, as GitHub makes them.</summary>
    public IReadOnlySet<string> Anchors => Prose()
        .Where(l => l.Text.StartsWith('#'))
        .Select(l => string.Concat(l.Text.TrimStart('#').Trim().ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_')).Replace(' ', '-'))
        .ToHashSet();

    private string Folder => Path[..(Path.LastIndexOf('/') + 1)];

    /// <summary>Reads a page.</summary>
    /// <param name="path">Its path in the checkout, with forward slashes.</param>
    public static MarkdownPage At(string path) => new(path, File.ReadAllText(Checkout.At(path)).ReplaceLineEndings("\n"));

    /// <summary>Whether the lines of an excerpt stand in a text one after the other; indentation does not count, and a line <c>// ...</c> leaves some out.</summary>
    public static bool IsIn(string excerpt, string text)
    {
        var source = text.Split('\n').Select(l => l.Trim()).ToList();
        var at = 0;
        foreach (var part in PartsOf(excerpt))
        {
            at = Enumerable.Range(at, Math.Max(0, source.Count - part.Count - at + 1)).FirstOrDefault(i => source.Skip(i).Take(part.Count).SequenceEqual(part), -1);
            if (at < 0)
            {
                return false;
            }

            at += part.Count;
        }

        return true;
    }

    private static IEnumerable<List<string>> PartsOf(string excerpt)
    {
        var part = new List<string>();
        foreach (var line in excerpt.Split('\n').Select(l => l.Trim()).Append("// ..."))
        {
            if (line != "// ...")
            {
                part.Add(line);
            }
            else if (part.Count > 0)
            {
                yield return part;
                part = [];
            }
        }
    }

    private static IEnumerable<MarkdownBlock> Read(string[] lines)
    {
        var comments = new List<string>();
        for (var i = 0; i < lines.Length; i++)
        {
            if (Comment().Match(lines[i]) is { Success: true } comment)
            {
                comments.Add(comment.Groups["text"].Value);
                continue;
            }

            if (Fence().Match(lines[i]) is { Success: true } fence)
            {
                var end = Array.FindIndex(lines, i + 1, l => l.Trim() == fence.Groups["fence"].Value);
                yield return new MarkdownBlock(i + 1, fence.Groups["language"].Value, string.Join('\n', lines[(i + 1)..end]), comments);
                i = end;
            }

            comments = [];
        }
    }

    private IEnumerable<(int Line, string Text)> Prose()
    {
        string? fence = null;
        foreach (var (line, i) in Text.Split('\n').Select((l, i) => (l, i)))
        {
            if (fence is not null)
            {
                fence = line.Trim() == fence ? null : fence;
            }
            else if (Fence().Match(line) is { Success: true } match)
            {
                fence = match.Groups["fence"].Value;
            }
            else
            {
                yield return (i + 1, line);
            }
        }
    }

    [GeneratedRegex(@"^\s*(?<fence>`{3,})(?<language>[\w-]*)\s*$")]
    private static partial Regex Fence();

    [GeneratedRegex(@"^\s*<!-- (?<text>.*) -->\s*$")]
    private static partial Regex Comment();

    [GeneratedRegex("^<!-- after: (?<page>.*) -->$", RegexOptions.Multiline)]
    private static partial Regex AfterComment();

    [GeneratedRegex(@"\]\((?<target>[^()\s]+)(?:\s+""[^""]*"")?\)|<(?:a|img)\s[^>]*(?:href|src)=""(?<target>[^""]+)""")]
    private static partial Regex Link();

    // Code in a link's text goes too, which leaves the link a link.
    [GeneratedRegex("`[^`]*`")]
    private static partial Regex InlineCode();
}

/// <summary>A fenced block.</summary>
/// <param name="Line">The line of its opening fence.</param>
/// <param name="Language">What stands behind the fence.</param>
/// <param name="Code">Its lines.</param>
/// <param name="Comments">What the comments right above it say.</param>
internal sealed record MarkdownBlock(int Line, string Language, string Code, IReadOnlyList<string> Comments)
{
    /// <summary>Whether its numbers may be others.</summary>
    public bool NumbersVary => Comments.Contains("numbers vary");

    /// <summary>What a comment <c>key: value</c> says; null where there is none.</summary>
    public string? this[string key] => Comments.FirstOrDefault(c => c.StartsWith(key + ": ", StringComparison.Ordinal))?[(key.Length + 2)..];
}
