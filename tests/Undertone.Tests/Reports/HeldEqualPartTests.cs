using Undertone.Reports;

namespace Undertone.Tests.Reports;

public sealed class HeldEqualPartTests
{
    private const string TwoNetworksAndAMachine = """
        name: models
        corpora: [emodb]
        systems:
        - { name: cnn, alias: cnn, overrides: { normalisation: global, members: 1, training: { epochs: 12, learning-rate: 0.001 }, channels: [16, 32] } }
        - { name: bilstm, alias: lstm, overrides: { normalisation: global, members: 1, training: { epochs: 12, learning-rate: 0.002 }, units: 96 } }
        - { name: svm-egemaps, alias: svm-egemaps, overrides: { normalisation: global, features: egemaps } }
        variants: { clean: {}, denoised: { preprocessing: { denoise: spectral-gate } } }
        """;

    [Fact]
    public void What_is_the_same_in_all_that_have_it_is_said_and_what_differs_is_listed()
    {
        var report = Report(TwoNetworksAndAMachine);

        report.ShouldContain("## What was held equal\n");
        report.ShouldContain("these are the same in all systems that have them: members 1, normalisation global, training.epochs 12.\n"); // and not the channels, which are the model
        report.ShouldContain("| training.learning-rate | 0.001 | cnn |\n| training.learning-rate | 0.002 | lstm |\n");
        report.ShouldContain("- Varied on purpose, in every system alike: preprocessing.denoise.\n");
    }

    [Fact]
    public void Where_all_is_equal_it_is_said() => Report(TwoNetworksAndAMachine.Replace("0.002", "0.001", StringComparison.Ordinal))
        .ShouldContain("- Nothing else differs between the systems but the models and what they hear.\n");

    [Theory]
    [InlineData(0, "Nothing else differs between the systems")]
    [InlineData(1, "| augmentation.spec-augment.time-width | 20 | cnn |")]
    public void The_width_of_masks_that_are_not_drawn_is_no_difference(int masks, string said) => Report($$"""
        name: models
        corpora: [emodb]
        systems:
        - { name: cnn, alias: cnn, overrides: { augmentation: { spec-augment: { time-masks: {{masks}}, time-width: 20 } } } }
        - { name: bilstm, alias: lstm, overrides: { augmentation: { spec-augment: { time-masks: {{masks}}, time-width: 12 } } } }
        """).ShouldContain(said);

    [Fact]
    public void One_system_is_not_compared() =>
        Report("name: one\ncorpora: [emodb]\nsystems: [{ name: cnn, alias: cnn, overrides: { members: 1 } }]\n").ShouldNotContain("What was held equal");

    private static string Report(string experiment)
    {
        using var run = TinyRun.OneSystem();
        File.WriteAllText(run.Folder.ExperimentFile, experiment);
        ReportWriter.Write(run.Location);
        return File.ReadAllText(Path.Combine(run.Location, "report.md"));
    }
}
