using System.Globalization;
using System.IO.Compression;
using Undertone.Features;
using Undertone.Features.Tables;
using Undertone.Speech;

namespace Undertone.EndToEnd.Tests;

/// <summary><c>undertone features</c> as its user meets it: a process, its output, its exit code, its files.</summary>
public sealed class FeaturesCommandTests(RunCorpus corpus) : IClassFixture<RunCorpus>
{
    [Fact]
    public void Sets_are_listed_and_described()
    {
        var (exit, output, errors) = RunProcess.Run(corpus, "features", "list");
        (exit, errors).ShouldBe((0, ""));
        output.ShouldContain("log-mel");
        output.ShouldContain("every 10 ms");

        (exit, output, _) = RunProcess.Run(corpus, "features", "describe", "mfcc-functionals");
        exit.ShouldBe(0);
        output.ShouldContain("240, one an utterance");
        output.ShouldContain("mfcc[39]_delta2_stddev  ln power / frame²  Davis & Mermelstein 1980, doi:10.1109/TASSP.1980.1163420");

        (exit, output, _) = RunProcess.Run(corpus, "features", "describe", "mfcc-functionals", "--csv");
        exit.ShouldBe(0);
        output.Trim().Split('\n').Length.ShouldBe(241);
        output.ShouldContain("\nmfcc[0]_mean,ln power,\"Davis & Mermelstein 1980, doi:10.1109/TASSP.1980.1163420\"\n");
    }

    [Theory]
    [InlineData("describe mfc", "there is no feature set 'mfc'; did you mean 'mfcc'?")]
    [InlineData("extract log-mell --corpus emodb --out t.csv", "there is no feature set 'log-mell'; did you mean 'log-mel'?")]
    [InlineData("extract mfcc+log-mel --corpus emodb --out t.csv", "'mfcc' has a frame every 10 ms; '+' joins sets of one frame an utterance. 'mfcc-functionals'")]
    [InlineData("extract mfcc --out t.csv", "nothing to extract from was given; expected files, folders, or --corpus NAME.")]
    [InlineData("extract mfcc x.wav --corpus emodb --out t.csv", "files and --corpus were both given; expected one of them.")]
    [InlineData("extract mfcc --corpus emobd --out t.csv", "did you mean 'emodb'?")]
    [InlineData("extract mfcc --corpus emodb --out t.cvs", "t.cvs: the extension '.cvs' names no form of table; did you mean '.csv'?")]
    [InlineData("extract mfcc --corpus emodb --out t.csv --workers 0", "--workers 0: expected a whole number of at least 1.")]
    [InlineData("extract mfcc empty --out t.csv", "the folder 'empty' holds no audio files; expected one of .wav")]
    [InlineData("extract mfcc empty/*.wav --out t.csv", "the pattern 'empty/*.wav' holds no audio files")]
    [InlineData("agreement mfcc-functionals --reference none.csv --corpus emodb", "none.csv: no such file")]
    [InlineData("agreement mfcc --reference wrong.csv --corpus emodb", "wrong.csv, line 1: has none of the values wanted")]
    public void What_is_asked_wrongly_is_refused_before_anything_is_written(string arguments, string expected)
    {
        Directory.CreateDirectory(Path.Combine(corpus.Folder, "empty"));
        File.WriteAllText(Path.Combine(corpus.Folder, "wrong.csv"), "file,energy\nx,1\n");
        var (exit, _, errors) = RunProcess.Run(corpus, ["features", .. arguments.Split(' ')]);
        exit.ShouldBe(2, errors);
        errors.ShouldContain(expected);
        Directory.GetFiles(corpus.Folder, "t.*").ShouldBeEmpty();
    }

    [Fact]
    public void A_corpus_becomes_the_same_table_whatever_the_workers()
    {
        var tables = new List<byte[]>();
        foreach (var workers in new[] { "1", "2" })
        {
            var (exit, output, errors) = RunProcess.Run(corpus, "features", "extract", "mfcc-functionals", "--corpus", "emodb", "--out", $"workers{workers}.csv", "--workers", workers);
            exit.ShouldBe(0, errors);
            errors.ShouldContain("1 unreadable file left out");
            output.ShouldContain("mfcc-functionals of 24 files: 240 values each");
            tables.Add(File.ReadAllBytes(Path.Combine(corpus.Folder, $"workers{workers}.csv")));
        }

        tables[1].ShouldBe(tables[0]);
        var lines = File.ReadAllLines(Path.Combine(corpus.Folder, "workers1.csv"));
        lines.Length.ShouldBe(25);
        lines[0].ShouldStartWith("file,speaker,emotion,mfcc[0]_mean,mfcc[0]_stddev,");
        lines[1].ShouldStartWith("03a01Na,03,neutral,");

        var (code, shown, _) = RunProcess.Run(corpus, "features", "agreement", "mfcc-functionals", "--reference", "workers1.csv", "--corpus", "emodb");
        code.ShouldBe(0);
        shown.ShouldMatch(@"mfcc\[0\]_mean +1\.0000  0\.0000");
        shown.ShouldContain("mfcc-functionals: 240 values over 24 files");
        shown.ShouldContain("r ≥ 0.95     240 of 240 (100.0 %)");
    }

    [Fact]
    public void Agreement_takes_packed_tables_of_other_tools_and_shows_the_worst()
    {
        RunProcess.Run(corpus, "features", "extract", "mfcc-functionals", "--corpus", "emodb", "--out", "ours.csv").Exit.ShouldBe(0);
        var ours = FeatureTable.Read(Path.Combine(corpus.Folder, "ours.csv"), ["mfcc[0]_mean", "mfcc[1]_mean"]);
        using (var file = File.Create(Path.Combine(corpus.Folder, "other.csv.gz")))
        using (var packed = new GZipStream(file, CompressionLevel.Fastest))
        using (var writer = new StreamWriter(packed))
        {
            writer.WriteLine("name;frameTime;mfcc[0]_mean;mfcc[1]_mean");
            for (var row = 0; row < ours.Utterances.Count; row++)
            {
                writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"'{ours.Utterances[row]}.wav';0.0;{2 * ours[row][0]};{-ours[row][1]}"));
            }
        }

        var (exit, output, errors) = RunProcess.Run(corpus, "features", "agreement", "mfcc-functionals", "--reference", "other.csv.gz", "--corpus", "emodb", "--worst", "1");
        exit.ShouldBe(0, errors);
        output.ShouldContain("mfcc[1]_mean  -1.0000");
        output.ShouldNotContain("mfcc[0]_mean");
        output.ShouldContain("2 values over 24 files");
        output.ShouldContain("r ≥ 0.95     1 of 2 (50.0 %)");
        errors.ShouldContain("238 values not in the reference");
    }

    [Theory]
    [InlineData("prosody")]
    [InlineData("timbre+modulation-spectrum")]
    public void A_table_holds_what_the_library_computes_of_the_same_samples(string set)
    {
        var audio = Path.Combine(corpus.Corpora, "emodb", "wav", "08a02Na.wav");
        RunProcess.Run(corpus, "features", "extract", set, audio, "--out", "same.csv").Exit.ShouldBe(0);
        var extractor = FeatureSetCatalog.Default.Get(set).Options.CreateExtractor();
        var table = FeatureTable.Read(Path.Combine(corpus.Folder, "same.csv"));
        table.Names.ShouldBe(extractor.Describe().Select(v => v.Name));
        table[0].ToArray().Select(v => (float)v).ShouldBe(extractor.Extract(AudioFile.Read(audio)).Values);
    }

    [Fact]
    public void Damaged_files_are_left_out_and_20_ms_are_enough()
    {
        var folder = Path.Combine(corpus.Folder, "mixed");
        Directory.CreateDirectory(folder);
        WaveFile.Write(Path.Combine(folder, "short.wav"), new Waveform([.. Enumerable.Range(0, 320).Select(i => MathF.Sin(i))], 16000));
        File.WriteAllText(Path.Combine(folder, "text.wav"), "no audio at all");
        File.WriteAllBytes(Path.Combine(folder, "empty.wav"), []);
        File.WriteAllBytes(Path.Combine(folder, "cut.wav"), File.ReadAllBytes(Path.Combine(corpus.Corpora, "emodb", "wav", "03a01Wa.wav"))[..5000]);

        var (exit, output, errors) = RunProcess.Run(corpus, "features", "extract", "log-mel", "mixed", "--out", "mixed.csv");
        exit.ShouldBe(1);
        errors.ShouldContain("mixed/empty.wav: is empty (0 bytes)");
        errors.ShouldContain("mixed/text.wav: is not audio that can be read");
        errors.ShouldContain("mixed/cut.wav: is truncated");
        errors.ShouldContain("3 of 4 files could not be read and are not in the table.");
        output.ShouldContain("log-mel of 1 file: 3 frames of 64 values each");
        File.ReadAllLines(Path.Combine(corpus.Folder, "mixed.csv")).Length.ShouldBe(4);
        File.Exists(Path.Combine(corpus.Folder, "mixed.csv.partial")).ShouldBeFalse();
    }

    [Fact]
    public void A_long_recording_has_the_same_values_where_no_temporary_file_can_be_written()
    {
        var samples = Enumerable.Range(0, 70 * 16000).Select(n => 0.3f * MathF.Sin(n * (0.05f + (0.01f * (n / 8000 % 3)))) * (n / 4000 % 3));
        WaveFile.Write(Path.Combine(corpus.Folder, "long.wav"), new Waveform([.. samples], 16000));

        foreach (var (folder, table) in new[] { (Path.GetTempPath(), "with.csv"), (Path.Combine(corpus.Folder, "no such folder"), "without.csv") })
        {
            var (exit, errors) = RunProcess.RunWithTemporaryFolder(folder, corpus, "features", "extract", "egemaps", "long.wav", "--out", table);
            exit.ShouldBe(0, errors);
        }

        File.ReadAllBytes(Path.Combine(corpus.Folder, "without.csv")).ShouldBe(File.ReadAllBytes(Path.Combine(corpus.Folder, "with.csv")));
    }

    [Fact]
    public void Interrupted_it_says_how_to_go_on()
    {
        var folder = Path.Combine(corpus.Folder, "interrupted");
        Directory.CreateDirectory(folder);
        for (var n = 0; n < 8; n++)
        {
            WaveFile.Write(Path.Combine(folder, $"{n:00}.wav"), new Waveform([.. Enumerable.Range(0, 15 * 16000).Select(i => 0.5f * MathF.Sin(i * (0.02f + (0.001f * n))))], 16000));
        }

        string[] arguments = ["features", "extract", "prosody", "interrupted", "--workers", "1", "--out", "interrupted.csv"];
        using (var process = RunProcess.Start(corpus, arguments))
        {
            process.Until(() => File.Exists(Path.Combine(corpus.Folder, "interrupted.csv.partial")) && new FileInfo(Path.Combine(corpus.Folder, "interrupted.csv.partial")).Length > 400, "a record");
            RunProcess.Signal("INT", process.Id);
            process.Wait().ShouldBe(130, process.Errors);
            process.Errors.ShouldContain("What was done is kept; the same command goes on from there.");
            process.Errors.ShouldContain("interrupted.");
        }

        File.Exists(Path.Combine(corpus.Folder, "interrupted.csv")).ShouldBeFalse();
        var (exit, output, errors) = RunProcess.Run(corpus, arguments);
        exit.ShouldBe(0, errors);
        output.ShouldContain("of them done before");
        File.ReadAllLines(Path.Combine(corpus.Folder, "interrupted.csv")).Length.ShouldBe(9);
    }

    [Fact]
    public void Killed_in_the_middle_it_goes_on_and_writes_the_same_bytes()
    {
        var folder = Path.Combine(corpus.Folder, "long");
        Directory.CreateDirectory(folder);
        for (var n = 0; n < 24; n++)
        {
            var hertz = 100 + (10 * n);
            WaveFile.Write(Path.Combine(folder, $"{n:00}.wav"), new Waveform([.. Enumerable.Range(0, 40 * 16000).Select(i => 0.5f * MathF.Sin(2 * MathF.PI * hertz * i / 16000f))], 16000));
        }

        string[] arguments = ["features", "extract", "mfcc", "long", "--workers", "2", "--out"];
        var partial = Path.Combine(corpus.Folder, "killed.safetensors.partial");
        using (var process = RunProcess.Start(corpus, [.. arguments, "killed.safetensors"]))
        {
            process.Until(() => File.Exists(partial) && new FileInfo(partial).Length > 3_000_000, "the first records");
            RunProcess.Signal("KILL", process.Id);
            process.Wait().ShouldBe(137);
        }

        File.Exists(Path.Combine(corpus.Folder, "killed.safetensors")).ShouldBeFalse();
        var (exit, output, errors) = RunProcess.Run(corpus, [.. arguments, "killed.safetensors"]);
        exit.ShouldBe(0, errors);
        output.ShouldContain("of them done before");
        File.Exists(partial).ShouldBeFalse();
        RunProcess.Run(corpus, [.. arguments, "whole.safetensors"]).Exit.ShouldBe(0);
        File.ReadAllBytes(Path.Combine(corpus.Folder, "killed.safetensors")).AsSpan()
            .SequenceEqual(File.ReadAllBytes(Path.Combine(corpus.Folder, "whole.safetensors"))).ShouldBeTrue();
    }

    [Fact]
    public void Nothing_of_the_engine_is_needed()
    {
        // A bridge that cannot be loaded lies where the engine looks first.
        var native = Path.Combine(corpus.Folder, "no bridge");
        Directory.CreateDirectory(native);
        File.WriteAllText(Path.Combine(native, "libundertone_torch.so"), "no library");
        var audio = Path.Combine(corpus.Corpora, "emodb", "wav", "03a01Wa.wav");
        foreach (var set in new[] { "log-mel", "mfcc-functionals", "prosody", "timbre" })
        {
            RunProcess.RunWithBridge(native, corpus, "features", "extract", set, audio, "--out", $"{set}.safetensors").ShouldBe((0, ""));
        }
    }
}
