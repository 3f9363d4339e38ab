using System.Diagnostics;

namespace Undertone.EndToEnd.Tests;

/// <summary>
/// README, docs/guides and docs/protocols.md: every command is run as it stands, in order, and what is shown of its output
/// is compared; code is compiled or an excerpt of the file that it names.
/// </summary>
public sealed class GuideTests(GuideTests.Cache cache) : IClassFixture<GuideTests.Cache>
{
    // What pages call the folder that commands are run in.
    private const string Folder = "/home/you/undertone";

    private static readonly string[] Languages = ["sh", "text", "csharp", "yaml", "csv", ""];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Pages that are worked through one after the other in one folder.</summary>
    public static TheoryData<string> Chains
    {
        get
        {
            var pages = Runnable().ToList();
            return [.. pages.Where(p => !pages.Any(q => q.After == p.Path)).Select(p => string.Join(' ', Before(p).Append(p.Path)))];
        }
    }

    [Theory]
    [MemberData(nameof(Chains))]
    public void Every_command_does_what_the_page_says(string pages)
    {
        var folder = cache.Desk();
        foreach (var page in pages.Split(' ').Select(MarkdownPage.At))
        {
            string? output = null;
            foreach (var block in page.Blocks)
            {
                if (block["file"] is { } file)
                {
                    File.WriteAllText(Path.Combine(folder, file), block.Code + "\n");
                }
                else if (block.Language == "sh" && block["not run"] is null)
                {
                    (var exit, output) = Run(folder, block.Code);
                    $"{exit}".ShouldBe(block["exits"] ?? "0", $"{page.Path}:{block.Line}: exit code of\n{block.Code}\n{output}");
                }
                else if (block.Language == "text" && output is not null)
                {
                    ShownOutput.Missing(block.Code, output, block.NumbersVary).ShouldBeNull($"{page.Path}:{block.Line}: this line is not where it is shown; the output was\n{output}");
                }
            }
        }
    }

    [Fact]
    public void Every_block_of_a_guide_is_run_compared_written_or_real_code()
    {
        var compiled = File.ReadAllText(Checkout.At("tests", "Undertone.EndToEnd.Tests", "GuideCode.cs"));
        foreach (var page in MarkdownLinksTests.Pages.Where(p => p == "README.md" || p.StartsWith("docs/guides/", StringComparison.Ordinal)).Select(MarkdownPage.At))
        {
            foreach (var block in page.Blocks)
            {
                var where = $"{page.Path}:{block.Line}: ";
                Languages.ShouldContain(block.Language, where + "a test must know what this block is");
                if (block["from"] is { } source)
                {
                    File.Exists(Checkout.At(source)).ShouldBeTrue(where + $"there is no {source}");
                    MarkdownPage.IsIn(block.Code, File.ReadAllText(Checkout.At(source))).ShouldBeTrue(where + $"this does not stand in {source}");
                }
                else if (block.Language == "csharp")
                {
                    MarkdownPage.IsIn(block.Code, compiled).ShouldBeTrue(where + "C# is an excerpt of a file ('<!-- from: path -->' above it) or stands in GuideCode.cs, where it is compiled");
                }
                else if (page.Path != "README.md" && block.Language is "" or "yaml" or "csv")
                {
                    block["file"].ShouldNotBeNull(where + "say what this block is: sh, text, or '<!-- file: name -->' above it");
                }
            }
        }
    }

    [Theory]
    [InlineData("a 1\n...\nc  3", "a 1\nb\nc 3", false, null)]
    [InlineData("a 1.5 of 2", "a 27 of 1.25", true, null)]
    [InlineData("a 1", "a 2", false, "a 1")]
    [InlineData("a\nc", "a\nb\nc", false, "c")]
    [InlineData("a ... d\n...", "a b c d\ne", false, null)]
    [InlineData("a", "a\nb", false, "(the end; the output goes on with 'b')")]
    public void Shown_output_is_compared(string shown, string output, bool numbersVary, string? missing) => ShownOutput.Missing(shown, output, numbersVary).ShouldBe(missing);

    private static IEnumerable<MarkdownPage> Runnable() => MarkdownLinksTests.Pages
        .Where(p => p == "docs/protocols.md" || p.StartsWith("docs/guides/", StringComparison.Ordinal))
        .Select(MarkdownPage.At)
        .Where(p => p.Blocks.Any(b => b.Language == "sh" && b["not run"] is null));

    private static IEnumerable<string> Before(MarkdownPage page) => page.After is { } before ? Before(MarkdownPage.At(before)).Append(before) : [];

    private (int Exit, string Output) Run(string folder, string code)
    {
        var start = new ProcessStartInfo("sh") { RedirectStandardOutput = true, WorkingDirectory = folder };
        start.ArgumentList.Add("-ec");
        start.ArgumentList.Add("exec 2>&1\n" + code);
        start.Environment["XDG_CACHE_HOME"] = cache.Folder;
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment.Remove("UNDERTONE_CORPORA");
        start.Environment.Remove("UNDERTONE_DEBUG");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"This did not end:\n{code}");
        }

        return (process.ExitCode, output.GetAwaiter().GetResult().Replace(folder, Folder, StringComparison.Ordinal).Replace(cache.Folder, "/home/you/.cache", StringComparison.Ordinal));
    }

    /// <summary>One cache for all pages, so that the demo voices speak once.</summary>
    public sealed class Cache : IDisposable
    {
        private readonly string _root = Directory.CreateTempSubdirectory("undertone-guides-").FullName;
        private int _desks;

        public string Folder => Path.Combine(_root, "cache");

        /// <summary>A new folder that looks like a checkout to its user.</summary>
        public string Desk()
        {
            var folder = Path.Combine(_root, $"desk{_desks++}");
            Directory.CreateDirectory(folder);
            var launcher = Path.Combine(folder, "undertone");
            File.WriteAllText(launcher, $"#!/bin/sh\nUNDERTONE_COMMAND=$0 exec dotnet exec '{Path.Combine(AppContext.BaseDirectory, "Undertone.Cli.dll")}' \"$@\"\n");
            File.SetUnixFileMode(launcher, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            foreach (var part in new[] { "docs", "experiments", "src" })
            {
                Directory.CreateSymbolicLink(Path.Combine(folder, part), Checkout.At(part));
            }

            return folder;
        }

        public void Dispose() => Directory.Delete(_root, recursive: true);
    }
}
