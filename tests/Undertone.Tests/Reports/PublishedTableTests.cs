using Undertone.Protocols;
using Undertone.Reports;
using Undertone.Systems;
using Undertone.Tests.Experiments;

namespace Undertone.Tests.Reports;

/// <summary>
/// By hand: each trial has twenty rows, of which 0, 2, 4, 2 and 2 are wrong on the five drawn splits, so that accuracy and UAR are
/// 1, 0.9, 0.8, 0.9 and 0.9: mean 0.9, standard deviation √(0.02 / 4) = 0.0707. With speakers kept apart 4 of 20 are wrong: 0.8.
/// </summary>
public sealed class PublishedTableTests
{
    private const string Yaml = "name: table-3\nprotocols:\n- kind: as-published\n  draws: 5\n";

    [Fact]
    public void A_published_figure_stands_beside_its_repetitions()
    {
        var row = Table(MadePaper.Card, [.. Splits("paper", "printed"), .. Apart("paper", "tuned", "speaker-independent"), .. Apart("paper", "adapted", "speaker-independent, adapted")]);
        row.Published!.Percent.ShouldBe(95);
        row.Repeated.ShouldBe(row.PrintedSplits);
        row.AboveRepeated.ShouldBe(0.05, 1e-12);
        row.AboveIndependent.ShouldBe(0.15, 1e-12);
        row.IsWhole.ShouldBeTrue();
        row.Hours.ShouldBe(9 * 10 / 2 / 3600.0, 1e-12);
        PublishedRow.OfSplits(row.PrintedSplits!, uar: false).Spread.ShouldBe(Math.Sqrt(0.005), 1e-12);
        row.Adapted!.Badge.Adapted.ShouldBeTrue();
    }

    [Fact]
    public void Where_settings_were_tuned_the_tuned_repetition_counts()
    {
        var row = Table(MadePaper.TunedCard, [.. Splits("paper", "printed")]);
        row.Repeated.ShouldBeNull();
        row.AboveRepeated.ShouldBe(double.NaN);
        row.IsWhole.ShouldBeFalse();
        var tuned = Table(MadePaper.TunedCard, [.. Splits("paper", "printed"), .. Splits("paper", "tuned", 0)]);
        tuned.AboveRepeated.ShouldBe(-0.05, 1e-12);
    }

    [Fact]
    public void Nothing_is_said_of_runs_without_drawn_splits()
    {
        var sections = ResultSection.Of(ResultCalculator.Of([.. Apart("paper", "tuned", "speaker-independent")]));
        PublishedTable.Of(sections, Catalog(MadePaper.Card)).Rows.ShouldBeEmpty();
        var whole = PublishedTable.Whole(sections, Catalog(MadePaper.Card));
        whole.Rows.ShouldHaveSingleItem().Independent.ShouldNotBeNull();
        whole.NotAtHand.ShouldHaveSingleItem().Corpus.ShouldBe("iemocap");
        PublishedTable.Whole([], Catalog(MadePaper.Card)).Rows.ShouldHaveSingleItem().Results.ShouldBeEmpty();
    }

    [Fact]
    public void A_page_with_one_row_says_how_to_run_the_others()
    {
        var folder = Directory.CreateTempSubdirectory("undertone-published-").FullName;
        try
        {
            var kept = Kept([.. Splits("timbre-svm-2019", "printed"), .. Apart("timbre-svm-2019", "tuned", "speaker-independent")], Yaml);
            var page = File.ReadAllText(KeptResultsFile.Write(folder, kept));
            page.ShouldContain("## Published figures, repeated\n");
            page.ShouldContain("| timbre-svm-2019 | 96.49 % accuracy | 90.0 ± 7.1 (UAR 90.0 ± 7.1) |");
            page.ShouldContain("; accuracy 80.0 | not run | ");
            page.ShouldContain("| timbre-svm-2019 | emodb | printed | 5 | 90.0 ± 7.1 | 80.0 to 100.0 | 90.0 ± 7.1 | 80.0 to 100.0 |");
            page.ShouldContain("| badshah-2019 | 85.5 % accuracy | not run | not run | not run | not run | – | – | – | – | – | – |");
            page.ShouldContain("| att-net-2021 | ravdess | as printed; speaker-independent; speaker-independent, adapted | `./undertone run experiments/table-3.yaml --set 'systems=[att-net-2021]' --set 'corpora=[ravdess]'` |");
            page.ShouldContain("iemocap is had on request, and nothing was run on it");
            page.ShouldContain("| deep-net-2020 | emodb | 92.02 % accuracy (abstract) | 30 % tested | 70:30 split");
            page.ShouldNotContain("## emodb, random-hold-out");
            page.ShouldContain("## emodb, leave-one-speaker-out");
            ResultsCheck.Of(folder).ShouldHaveSingleItem().Difference.ShouldBeNull();

            var readme = Path.Combine(folder, "outer.md");
            File.WriteAllText(readme, "<!-- table published page -->\n<!-- end of table -->\n");
            EmbeddedTables.Write(readme, folder).ShouldBeTrue();
            var embedded = File.ReadAllText(readme);
            embedded.ShouldContain("| On emodb, per cent | Published | Repeated as printed (speaker-dependent) |");
            embedded.ShouldNotContain("| badshah-2019 |");
            embedded.ShouldContain("Still to be run: on emodb att-net-2021, badshah-2019, ");
            embedded.ShouldNotContain("undertone run");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_page_without_such_an_experiment_has_no_such_table()
    {
        var folder = Directory.CreateTempSubdirectory("undertone-published-").FullName;
        try
        {
            KeptResultsFile.Write(folder, Kept([.. Apart("timbre-svm-2019", "tuned", "speaker-independent")], "name: other\nprotocols: [loso]\n"));
            File.ReadAllText(Path.Combine(folder, "page.md")).ShouldNotContain("Published figures");
            var outer = Path.Combine(folder, "outer.md");
            File.WriteAllText(outer, "<!-- table published page -->\n<!-- end of table -->\n");
            Should.Throw<UndertoneException>(() => EmbeddedTables.Write(outer, folder)).Message.ShouldContain("'page' has no experiment with the protocol 'as-published'");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static KeptResults Kept(IReadOnlyList<ReportTrial> trials, string yaml) => new()
    {
        Name = "page",
        Experiments = [new KeptExperiment("table-3", "./undertone run experiments/table-3.yaml", "0", yaml)],
        Trials = trials,
    };

    private static SystemCatalog Catalog(PaperCard card) => new([new GuessingSystem("paper", card)]);

    private static PublishedRow Table(PaperCard card, IReadOnlyList<ReportTrial> trials) =>
        PublishedTable.Of(ResultSection.Of(ResultCalculator.Of(trials)), Catalog(card)).Rows.ShouldHaveSingleItem();

    private static IEnumerable<ReportTrial> Splits(string system, string variant, params int[] errors) =>
        MadeTrials.Of(system, errors is [] ? [0, 2, 4, 2, 2] : errors, badge: "speaker-dependent").Select((t, i) => t with
        {
            Name = $"emodb.{system}.{variant}.hold-out-20-{i + 1}.seed-0",
            Variant = variant,
            Protocol = "hold-out-20",
            ProtocolKind = RandomHoldOut.KindName,
            Fold = $"{i + 1}",
        });

    private static IEnumerable<ReportTrial> Apart(string system, string variant, string badge) =>
        MadeTrials.Of(system, [4, 4], badge: badge).Select(t => t with { Name = t.Name.Replace(".loso", $".{variant}.loso", StringComparison.Ordinal), Variant = variant });
}
