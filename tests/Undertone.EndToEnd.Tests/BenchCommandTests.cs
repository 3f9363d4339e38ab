using System.Globalization;

namespace Undertone.EndToEnd.Tests;

/// <summary><c>undertone bench</c> as its user meets it.</summary>
public sealed class BenchCommandTests(RunCorpus corpus) : IClassFixture<RunCorpus>
{
    [Fact]
    public void The_engine_is_measured_for_each_network_named()
    {
        var (exit, output, errors) = RunProcess.Run(corpus, "bench", "engine", "dnn-functionals", "bigru", "--epochs", "1", "--csv");
        (exit, errors).ShouldBe((0, ""));
        var rows = output.Trim().Split('\n').Select(l => l.Split(',')).ToList();
        rows[0].ShouldBe(["system", "training_gflops", "training_share", "inference_gflops", "inference_share", "epoch_seconds", "pass_seconds"]);
        rows.Skip(1).Select(r => r[0]).ShouldBe(["dnn-functionals", "bigru"]);

        // What a matrix product takes cannot be beaten by what consists of them.
        rows[2].Skip(1).Select(f => double.Parse(f, CultureInfo.InvariantCulture)).ShouldAllBe(f => f > 0);
        double.Parse(rows[2][2], CultureInfo.InvariantCulture).ShouldBeLessThan(100);
    }

    [Theory]
    [InlineData("engine cnn-lstn", "did you mean 'cnn-lstm'?")]
    [InlineData("engine svm-egemaps", "'svm-egemaps' is no network, and the engine does nothing for it")]
    [InlineData("engine cnn --epochs 0", "--epochs 0: expected a whole number of at least 1.")]
    public void What_is_asked_wrongly_is_refused(string arguments, string expected)
    {
        var (exit, _, errors) = RunProcess.Run(corpus, ["bench", .. arguments.Split(' ')]);
        exit.ShouldBe(2, errors);
        errors.ShouldContain(expected);
    }
}
