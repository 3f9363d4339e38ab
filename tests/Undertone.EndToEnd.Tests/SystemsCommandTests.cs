using Undertone.Systems;

namespace Undertone.EndToEnd.Tests;

/// <summary><c>undertone systems</c> as its user meets it.</summary>
public sealed class SystemsCommandTests(RunCorpus corpus) : IClassFixture<RunCorpus>
{
    [Fact]
    public void Every_system_is_listed()
    {
        var (exit, output, errors) = RunProcess.Run(corpus, "systems", "list");
        (exit, errors).ShouldBe((0, ""));
        foreach (var system in SystemCatalog.Default.All)
        {
            output.ShouldContain(system.Summary);
        }
    }

    [Fact]
    public void A_network_is_described_with_its_layers()
    {
        var (exit, output, errors) = RunProcess.Run(corpus, "systems", "describe", "cnn", "--classes", "4", "--set", "channels=[8,16]");
        (exit, errors).ShouldBe((0, ""));
        output.ShouldContain("channels                                   [8, 16]");

        // 5 × 5 kernels over one channel, and 3 × 3 over eight; the stem halves 64 bands and 10 s of 16 ms frames.
        output.ShouldMatch(@"convolutions\.stem\.conv +Conv2d\(1, 8, .*\) +8 × 313 × 32 +200 +2,003,200\b");
        output.ShouldMatch(@"convolutions\.block1\.conv +Conv2d\(8, 16, .*\) +16 × 313 × 32 +1,152 ");
        output.ShouldMatch(@"output +Linear\(.*out_features=4, bias=True\) +4 ");

        (exit, output, errors) = RunProcess.Run(corpus, "systems", "describe", "cnn", "--csv");
        (exit, errors).ShouldBe((0, ""));
        output.ShouldStartWith("layer,what,gives,parameters,multiply_adds\nconvolutions.stem.conv,\"Conv2d(1, 16,");
    }

    [Fact]
    public void A_traditional_system_is_described_without_layers()
    {
        var (exit, output, errors) = RunProcess.Run(corpus, "systems", "describe", "gmm-mfcc");
        (exit, errors).ShouldBe((0, ""));
        output.ShouldContain("normalisation");
        output.ShouldNotContain("multiply-adds");

        // Settings that are off, which the defaults do not show, with what they may be.
        output.ShouldMatch(@"\ninput +a text\n");
        output.ShouldMatch(@"\npreprocessing\.denoise +one of: .*mmse-lsa");
        output.ShouldMatch(@"\nbackground\.relevance +a number\n");
    }

    [Fact]
    public void Settings_are_explained_by_their_own_documentation()
    {
        var (exit, output, errors) = RunProcess.Run(corpus, "systems", "explain", "bigru", "training.loss");
        (exit, errors).ShouldBe((0, ""));
        output.ShouldStartWith("training.loss.kind: off (one of: cross-entropy, focal, centre, triplet, ordinal)\n");
        output.ShouldNotContain("training.epochs");

        // No setting goes without: of a system of each kind.
        foreach (var name in (string[])["cnn", "raw-cnn-lstm", "vgg", "dbn", "rvnn", "svm-compare", "gmm-mfcc", "fusion", "key-segment-bilstm-2020"])
        {
            var lines = RunProcess.Run(corpus, "systems", "explain", name).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            lines[^1].ShouldStartWith(" ");
            for (var line = 0; line < lines.Length - 1; line++)
            {
                (lines[line][0] != ' ' && lines[line + 1][0] != ' ').ShouldBeFalse($"{name}: {lines[line]}");
            }
        }
    }

    [Theory]
    [InlineData("explain cnn trainig", "the system 'cnn' has no setting 'trainig'; did you mean 'training'?")]
    [InlineData("describe cnn-lstn", "there is no system 'cnn-lstn'; did you mean 'cnn-lstm'?")]
    [InlineData("describe cnn --set chanels=[8]", "did you mean 'channels'?")]
    [InlineData("describe hmm-mfcc --set features=plp", "'features' is a group of settings and takes no value of its own ('input' names another in its place); it has: features.mel, ")]
    [InlineData("describe hmm-mfcc --set input=egemaps", "input must be a frame-wise feature set, but 'egemaps' is one vector an utterance; svm-egemaps takes such")]
    [InlineData("describe cnn --classes 0", "--classes 0: expected a whole number of at least 1.")]
    [InlineData("describe svm-egemaps --csv", "'svm-egemaps' is no network and has no layers")]
    public void What_is_asked_wrongly_is_refused(string arguments, string expected)
    {
        var (exit, _, errors) = RunProcess.Run(corpus, ["systems", .. arguments.Split(' ')]);
        exit.ShouldBe(2, errors);
        errors.ShouldContain(expected);
    }
}
