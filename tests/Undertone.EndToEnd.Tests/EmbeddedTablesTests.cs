using Undertone.Reports;

namespace Undertone.EndToEnd.Tests;

/// <summary>Every table of kept results inside a page that people write is what the kept predictions say.</summary>
public sealed class EmbeddedTablesTests
{
    private static IReadOnlyList<string> Found { get; } = [.. MarkdownLinksTests.Pages.Where(p => File.ReadLines(Checkout.At(p)).Any(l => l.StartsWith("<!-- table ", StringComparison.Ordinal)))];

    public static TheoryData<string> Pages => [.. Found];

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_has_the_figures_of_the_kept_predictions(string page) =>
        EmbeddedTables.Check(Checkout.At(page), Checkout.At("docs/results")).ShouldBeNull($"write them with: undertone results embed {page}");

    [Fact]
    public void The_readme_and_the_default_models_card_have_such_tables()
    {
        Found.ShouldContain("README.md");
        Found.ShouldContain("models/default/README.md");
    }
}
