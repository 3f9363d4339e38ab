using System.Globalization;
using Undertone.Corpora;
using Undertone.Experiments;
using Undertone.Features;
using Undertone.Protocols;
using Undertone.Reports;
using Undertone.Systems;
using Undertone.Tests.Experiments;
using Undertone.Tests.Protocols;

namespace Undertone.Tests.Reports;

/// <summary>A whole run of a regression, of two guessing systems and two seeds, and what is said of it.</summary>
public sealed class RegressionReportTests : IDisposable
{
    private const string Text =
        "name: values\ncorpora: [demo]\ntarget: [arousal, valence]\nprotocols: [leave-one-speaker-out]\nsystems: [{ name: guess-values, alias: deaf }, { name: guess-values, alias: keen, overrides: { insight: 3 } }]\n"
        + "seeds: [0, 1]\nvalidation: { speakers: 1 }\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("undertone-regression-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void TheSummaryHoldsEachTargetsScoresOfEachSeed()
    {
        var report = ReportWriter.WriteAll(Run());

        report.Results.ShouldBeEmpty();
        report.Regressions.Select(r => r.Label).ShouldBe(["deaf", "keen"]);
        var lines = File.ReadAllLines(Path.Combine(_folder, "values", ReportWriter.Summary));
        lines.Length.ShouldBe(1 + 8);
        var head = lines[0].Split(',').ToList();
        var row = lines.Select(l => l.Split(',')).Single(f => f[1] == "keen" && f[5] == "1" && f[9] == "valence");
        double Number(string column) => double.Parse(row[head.IndexOf(column)], CultureInfo.InvariantCulture);

        // From the rows themselves, by the formula.
        var rows = Directory.GetFiles(Path.Combine(_folder, "values", "trials"), "predictions.csv", SearchOption.AllDirectories)
            .Where(p => p.Contains(".keen.", StringComparison.Ordinal) && p.Contains("seed-1", StringComparison.Ordinal))
            .SelectMany(p => File.ReadAllLines(p).Skip(1)).Select(l => l.Split(',')).ToList();
        double[] Column(int i) => [.. rows.Select(r => double.Parse(r[i], CultureInfo.InvariantCulture))];
        var (x, y) = (Column(4), Column(5));
        var (mx, my) = (x.Average(), y.Average());
        var (sx, sy) = (x.Average(v => (v - mx) * (v - mx)), y.Average(v => (v - my) * (v - my)));
        var sxy = x.Zip(y).Average(p => (p.First - mx) * (p.Second - my));
        rows.Count.ShouldBe(24);
        Number("ccc").ShouldBe(2 * sxy / (sx + sy + ((mx - my) * (mx - my))), 1e-6);
        Number("pearson").ShouldBe(sxy / Math.Sqrt(sx * sy), 1e-6);
        Number("mse").ShouldBe(x.Zip(y).Average(p => (p.First - p.Second) * (p.First - p.Second)), 1e-6);
        Number("mae").ShouldBe(x.Zip(y).Average(p => Math.Abs(p.First - p.Second)), 1e-6);
        Number("true_variance").ShouldBe(sx, 1e-6);
        Number("ccc_low").ShouldBeLessThan(Number("ccc"));
        Number("ccc_high").ShouldBeGreaterThan(Number("ccc"));
        row[head.IndexOf("badge")].ShouldBe("speaker-independent");
    }

    [Fact]
    public void TheReportSaysWhatValidationChoseWithItsBadgeAndInterval()
    {
        ReportWriter.WriteAll(Run());

        var markdown = File.ReadAllText(Path.Combine(_folder, "values", ReportWriter.Markdown));
        markdown.ShouldContain("- **keen: CCC arousal 0.");
        markdown.ShouldContain("(speaker-independent) on demo, leave-one-speaker-out; 0 is a guess. Chosen among 2 by its mean validation CCC of ");
        markdown.ShouldContain("## demo, leave-one-speaker-out, arousal and valence: speaker-independent");
        markdown.ShouldContain("| keen ★ |");
        markdown.ShouldContain("### deaf: by speaker");
        markdown.ShouldContain("16 finished trials, 0 failed.");
        markdown.ShouldContain("- Target: arousal, valence: said of 24 utterances; left out, since it is not known of them: 0");
        markdown.ShouldContain("deaf (speaker-independent): its squared error of arousal (");
        markdown.ShouldNotContain("UAR", Case.Sensitive);

        var html = File.ReadAllText(Path.Combine(_folder, "values", ReportWriter.Html));
        html.ShouldContain("keen: CCC arousal 0.");
        html.ShouldContain("CCC of each target, speaker-independent");
        html.ShouldContain("Mean validation CCC by epoch");
        html.ShouldContain("demo.deaf.loso-01.seed-0");
        html.Split("<script>")[0].ShouldNotContain("UAR", Case.Sensitive);
        html.ShouldNotContain(">NaN<");

        // The same predictions give the same bytes.
        ReportWriter.WriteAll(Path.Combine(_folder, "values"));
        File.ReadAllText(Path.Combine(_folder, "values", ReportWriter.Markdown)).ShouldBe(markdown);
    }

    [Fact]
    public void APageOfResultsIsKeptAndCheckedFromItsRows()
    {
        var to = Path.Combine(_folder, "results");
        var page = KeptResultsFile.Write(to, KeptResults.From("values", [RunFolderReader.Read(Run())]));

        File.ReadAllText(page).ShouldContain("| keen ★ |");
        File.ReadAllText(page).ShouldContain("16 trials, ");
        ResultsCheck.Of(to).ShouldHaveSingleItem().Difference.ShouldBeNull();
        var kept = KeptResultsFile.Read(to, "values");
        kept.Trials.ShouldBeEmpty();
        kept.Regressions.Count.ShouldBe(16);
        kept.Regressions[0].Test.Targets.ShouldBe(["arousal", "valence"]);

        File.WriteAllText(page, File.ReadAllText(page).Replace("keen ★", "deaf ★", StringComparison.Ordinal));
        ResultsCheck.Of(to).ShouldHaveSingleItem().Difference.ShouldNotBeNull();
    }

    [Fact]
    public void ARunInTheMiddleSaysWhatIsMissing()
    {
        var folder = Run(leave: 3);
        ReportWriter.WriteAll(folder);

        File.ReadAllText(Path.Combine(folder, ReportWriter.Markdown)).ShouldContain("demo, loso, keen (speaker-independent): 5 of 8 trials are finished");
        Should.Throw<UndertoneException>(() => KeptResults.From("values", [RunFolderReader.Read(folder)])).Message.ShouldContain("keen has 5 of 8 trials of demo, loso.");
    }

    private string Run(int leave = 0)
    {
        var systems = new SystemCatalog([new GuessingSystem("guess-values")]);
        var experiment = ExperimentFile.Parse("e.yaml", Text, systems);
        var random = new SeededRandom(3);
        var corpus = TestCorpora.Balanced(4, name: "demo");
        corpus = corpus with { Utterances = [.. corpus.Utterances.Select(u => u with { Arousal = random.NextGaussian(), Valence = 3 + random.NextGaussian() })] };
        using var run = ExperimentRun.Open(experiment, [experiment.Target.Apply(corpus)], _folder);
        foreach (var trial in run.Pending.SkipLast(leave))
        {
            TrialRunner.Run(trial, run.Folder, new TrialRunOptions { Features = new FeatureCache(null), Command = "undertone trial" });
        }

        return run.Folder.Location;
    }
}
