using Undertone.Reports;

namespace Undertone.Tests.Reports;

public sealed class EmbeddedTablesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("undertone-embedded-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_table_is_written_between_its_markers_and_found_equal()
    {
        var page = Page("Before.\n\n<!-- table scores page -->\nold\n<!-- end of table -->\n\nAfter.\n");
        EmbeddedTables.Check(page, _folder).ShouldNotBeNull().ShouldContain("outer.md:");
        EmbeddedTables.Write(page, _folder).ShouldBeTrue();
        var text = File.ReadAllText(page);
        text.ShouldStartWith("Before.\n\n<!-- table scores page -->\n\n| UAR % on emodb, leave-one-speaker-out | speaker-independent | speaker-independent, adapted |\n|:---|---:|---:|\n");
        text.ShouldEndWith("|\n\n<!-- end of table -->\n\nAfter.\n");

        // Two seeds, 0.775 and 0.475, as in the page of results.
        text.ShouldContain("62.5 ± 21.2 [");
        text.ShouldNotContain("old");
        EmbeddedTables.Check(page, _folder).ShouldBeNull();
        EmbeddedTables.Write(page, _folder).ShouldBeFalse();
    }

    [Fact]
    public void Conditions_are_rows_and_badges_never_share_a_column()
    {
        var page = Page("<!-- table conditions page -->\n<!-- end of table -->\n");
        EmbeddedTables.Write(page, _folder).ShouldBeTrue();
        var lines = File.ReadAllText(page).Split('\n');
        lines[2].ShouldBe("| UAR % of cnn | emodb, leave-one-speaker-out: speaker-independent | emodb, leave-one-speaker-out: speaker-independent, adapted |");
        lines[4].ShouldMatch(@"^\| global \| 77\.5 \[.*\] \| – \|$");
        lines[5].ShouldMatch(@"^\| per-speaker \| – \| 62\.5 ± 21\.2 \[.*\] \|$");
        lines[6].ShouldStartWith("| chance | ");
    }

    [Fact]
    public void An_edited_number_is_found()
    {
        var page = Page("<!-- table scores page -->\n<!-- end of table -->\n");
        EmbeddedTables.Write(page, _folder);
        File.WriteAllText(page, File.ReadAllText(page).Replace("62.5", "92.5", StringComparison.Ordinal));
        EmbeddedTables.Check(page, _folder).ShouldNotBeNull().ShouldContain("92.5");
    }

    [Theory]
    [InlineData("\n<!-- table score page -->\n<!-- end of table -->\n", "outer.md:2: there is no table of the kind 'score'", "scores")]
    [InlineData("<!-- table scores page -->\n", "outer.md:1: the table is not closed", "end of table")]
    [InlineData("<!-- table scores page -->\n<!-- table scores page -->\n<!-- end of table -->\n", "outer.md:1: the table is not closed", "end of table")]
    [InlineData("<!-- table scores nothing -->\n<!-- end of table -->\n", "nothing.json", "results write")]
    public void A_wrong_marker_is_refused(string text, string where, string what)
    {
        var message = Should.Throw<UndertoneException>(() => EmbeddedTables.Write(Page(text), _folder)).Message;
        message.ShouldContain(where);
        message.ShouldContain(what);
    }

    [Fact]
    public void A_page_without_tables_stays_as_it_is() => EmbeddedTables.Write(Page("Nothing here.\n"), _folder).ShouldBeFalse();

    private string Page(string text)
    {
        using var run = new TinyRun();
        run.Prepare("tiny");
        run.AddTrials("cnn", "global", 0, "speaker-independent", flips: 0);
        run.AddTrials("cnn", "per-speaker", 0, "speaker-independent, adapted", flips: 0);
        run.AddTrials("cnn", "per-speaker", 1, "speaker-independent, adapted", flips: 1);
        KeptResultsFile.Write(_folder, KeptResults.From("page", [RunFolderReader.Read(run.Location)]));
        var path = Path.Combine(_folder, "outer.md");
        File.WriteAllText(path, text);
        return path;
    }
}
