using Undertone.Experiments;
using Undertone.Systems;

namespace Undertone.EndToEnd.Tests;

/// <summary>experiments/table-3.yaml: its rows are the cards', one row runs by itself, and its page is right with that row alone.</summary>
public sealed class Table3Tests(RunCorpus corpus) : IClassFixture<RunCorpus>
{
    private static readonly string File3 = Checkout.At("experiments/table-3.yaml");

    [Fact]
    public void The_experiment_has_every_figure_that_a_card_reports()
    {
        var experiment = ExperimentFile.Read(File3, SystemCatalog.Default);
        experiment.Systems.SelectMany(s => s.Corpora.Select(c => $"{s.Label} {c}")).Order(StringComparer.Ordinal).ShouldBe(
            SystemCatalog.Default.All.SelectMany(s => (s.Paper?.Reported ?? []).Select(r => $"{s.Name} {r.Corpus}")).Distinct().Order(StringComparer.Ordinal));
        experiment.ValidationSpeakers.ShouldBe(0);
    }

    [Fact]
    public void A_row_runs_by_itself_and_its_page_says_what_is_missing()
    {
        string[] row = ["--set", "systems=[timbre-svm-2019]", "--set", "corpora=[emodb]", "--runs", corpus.Runs("table")];
        var (exit, output, errors) = RunProcess.Run(corpus, ["run", File3, .. row]);
        exit.ShouldBe(0, errors);
        output.ShouldContain("[13/13]");
        File.ReadAllText(Path.Combine(corpus.Runs("table"), "table-3", "report.md")).ShouldContain("## Published figures, repeated");

        var results = Path.Combine(corpus.Folder, "results");
        var readme = Path.Combine(corpus.Folder, "README.md");
        File.WriteAllText(readme, "<!-- table published table-3 -->\n<!-- end of table -->\n");
        var (written, said, complaint) = RunProcess.Run(corpus, "results", "write", "table-3", Path.Combine(corpus.Runs("table"), "table-3"), "--to", results, "--page", readme);
        written.ShouldBe(0, complaint);
        said.ShouldContain("README.md: written");
        var page = File.ReadAllText(Path.Combine(results, "table-3.md"));
        page.ShouldContain("| timbre-svm-2019 | 96.49 % accuracy | ");
        page.ShouldContain("--set 'systems=[att-net-2021]' --set 'corpora=[ravdess]'`");
        var embedded = File.ReadAllText(readme);
        embedded.ShouldContain("| timbre-svm-2019 | 96.49 % accuracy | ");
        embedded.ShouldContain("Still to be run: on emodb att-net-2021, badshah-2019, ");
        RunProcess.Run(corpus, "results", "check", "--in", results, "--page", readme).Exit.ShouldBe(0);

        // Half of the row from one folder, the other half added from another: the same bytes.
        var grown = Path.Combine(corpus.Folder, "grown");
        RunProcess.Run(corpus, "results", "write", "table-3", Half("drawn", t => !t.Contains(".loso-", StringComparison.Ordinal)), "--to", grown).Exit.ShouldBe(0);
        var (added, _, why) = RunProcess.Run(corpus, "results", "write", "table-3", Half("apart", t => t.Contains(".loso-", StringComparison.Ordinal)), "--to", grown, "--add");
        added.ShouldBe(0, why);
        foreach (var file in Directory.GetFiles(results))
        {
            File.ReadAllBytes(Path.Combine(grown, Path.GetFileName(file))).ShouldBe(File.ReadAllBytes(file));
        }
    }
    /// <summary>A copy of the run that holds some of its trials.</summary>
    private string Half(string name, Func<string, bool> holds)
    {
        var run = Path.Combine(corpus.Runs("table"), "table-3");
        var half = Path.Combine(corpus.Runs(name), "table-3");
        foreach (var file in Directory.GetFiles(run, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(run, file);
            if (!relative.StartsWith("trials", StringComparison.Ordinal) || holds(relative))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(half, relative))!);
                File.Copy(file, Path.Combine(half, relative));
            }
        }

        return half;
    }
}
