namespace Undertone.EndToEnd.Tests;

/// <summary>Every relative link of every Markdown file leads somewhere.</summary>
public sealed class MarkdownLinksTests
{
    // What commands make, and what others wrote.
    private static readonly string[] NotOurs = ["bin", "obj", "node_modules", "runs", "corpora", "TestResults"];

    /// <summary>The Markdown files of the checkout.</summary>
    internal static IReadOnlyList<string> Pages { get; } = [.. Find(new DirectoryInfo(Checkout.Root)).Select(p => Path.GetRelativePath(Checkout.Root, p).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    [Fact]
    public void Every_relative_link_leads_somewhere()
    {
        Pages.ShouldContain("README.md");
        Pages.ShouldContain("docs/guides/README.md");
        Pages.SelectMany(p => Broken(MarkdownPage.At(p))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("docs/guides")]
    [InlineData("docs/results")]
    [InlineData("docs/decisions")]
    public void Every_page_is_listed(string folder)
    {
        var listed = MarkdownPage.At($"{folder}/README.md").Links.Select(l => l.Target).ToList();
        Directory.GetFiles(Checkout.At(folder), "*.md").Select(Path.GetFileName).Where(f => f != "README.md" && !listed.Contains(f!)).ShouldBeEmpty();
    }

    private static IEnumerable<string> Broken(MarkdownPage page)
    {
        foreach (var (line, target) in page.Links.Where(l => !l.Target.Contains(':')))
        {
            var parts = target.Split('#', 2);
            var path = parts[0].Length == 0 ? page.Path : Path.GetRelativePath(Checkout.Root, Path.GetFullPath(parts[0], Path.GetDirectoryName(Checkout.At(page.Path))!));
            if (!File.Exists(Checkout.At(path)) && !Directory.Exists(Checkout.At(path)))
            {
                yield return $"{page.Path}:{line}: there is no {path}";
            }
            else if (parts.Length > 1 && path.EndsWith(".md", StringComparison.Ordinal) && !MarkdownPage.At(path).Anchors.Contains(parts[1]))
            {
                yield return $"{page.Path}:{line}: {path} has no heading '#{parts[1]}'";
            }
        }
    }

    private static IEnumerable<string> Find(DirectoryInfo folder) => folder.EnumerateFiles("*.md").Select(f => f.FullName)
        .Concat(folder.EnumerateDirectories().Where(d => !d.Name.StartsWith('.') && !NotOurs.Contains(d.Name) && d.LinkTarget is null).SelectMany(Find));
}
