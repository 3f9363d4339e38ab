using Undertone.Features;
using Undertone.Features.Tables;
using Undertone.Speech;
using Undertone.Tests.Corpora;
using Undertone.Torch;

namespace Undertone.Tests.Features.Tables;

public sealed class FeatureTableExtractionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string At(string name) => Path.Combine(_folder.Path, name);

    private static FeatureExtractor Functionals => FeatureSetCatalog.Default.Get("mfcc-functionals").Options.CreateExtractor();

    private static FeatureExtractor FrameWise => new LogMelOptions { Bands = 3 }.CreateExtractor();

    private static Waveform Audio(int n) => new([.. Enumerable.Range(0, 800 + (160 * n)).Select(i => MathF.Sin(i * (0.1f + (0.01f * n))))], 16000);

    private static List<FeatureSource> Labelled(int count) => [.. Sources(count).Select((s, n) => s with { Labels = [n % 2 == 0 ? "a, \"b\"" : "c"] })];

    private static List<FeatureSource> Sources(int count, Action? onRead = null) =>
        [.. Enumerable.Range(0, count).Select(n => new FeatureSource(
            $"u{n}",
            $"key {n}",
            () =>
            {
                onRead?.Invoke();
                return Audio(n);
            }))];

    [Theory]
    [InlineData("t.csv", true)]
    [InlineData("t.csv", false)]
    [InlineData("t.safetensors", true)]
    [InlineData("t.safetensors", false)]
    public void The_number_of_threads_changes_no_byte(string name, bool functionals)
    {
        var bytes = new[] { 1, 2, 5 }.Select(workers =>
        {
            var path = At($"{workers}{name}");
            var result = new FeatureTableExtraction { Extractor = functionals ? Functionals : FrameWise, Sources = Labelled(17), LabelNames = ["class"], Workers = workers }.WriteTo(path);
            result.Recordings.ShouldBe(17);
            result.Failures.ShouldBeEmpty();
            File.Exists(path + FeatureTableExtraction.PartialSuffix).ShouldBeFalse();
            return File.ReadAllBytes(path);
        }).ToList();
        bytes[1].AsSpan().SequenceEqual(bytes[0]).ShouldBeTrue();
        bytes[2].AsSpan().SequenceEqual(bytes[0]).ShouldBeTrue();
    }

    [Fact]
    public void A_table_of_functionals_can_be_read_back_exactly()
    {
        var path = At("t.csv");
        new FeatureTableExtraction { Extractor = Functionals, Sources = Sources(3) }.WriteTo(path);
        var table = FeatureTable.Read(path);
        table.Names.ShouldBe(Functionals.Describe().Select(v => v.Name));
        table.Utterances.ShouldBe(["u0", "u1", "u2"]);
        table[2].ToArray().Select(v => (float)v).ShouldBe(Functionals.Extract(Audio(2)).Values);
        File.ReadAllText(path).ShouldNotContain("\r");
    }

    [Fact]
    public void A_row_a_frame_has_its_number_time_and_labels()
    {
        var path = At("new folder/t.csv");
        new FeatureTableExtraction { Extractor = FrameWise, Sources = Labelled(1), LabelNames = ["class"] }.WriteTo(path);
        var lines = File.ReadAllLines(path);
        lines[0].ShouldBe("file,class,frame,seconds,log-mel[0],log-mel[1],log-mel[2]");
        lines.Length.ShouldBe(1 + 6);
        lines[3].ShouldStartWith("u0,\"a, \"\"b\"\"\",2,0.02,");
    }

    [Fact]
    public void Every_frame_of_long_audio_is_in_its_place()
    {
        var path = At("t.csv");
        new FeatureTableExtraction { Extractor = FrameWise, Sources = [new("long", "long", () => Audio(400)), .. Sources(1)], Workers = 2 }.WriteTo(path);
        var rows = File.ReadLines(path).Skip(1).Select(l => l.Split(',')).ToList();
        var expected = FrameWise.Extract(Audio(400));
        rows.Count.ShouldBe(expected.Frames + 6);
        for (var frame = 0; frame < expected.Frames; frame++)
        {
            rows[frame][..2].ShouldBe(["long", $"{frame}"]);
            rows[frame][3..].Select(v => float.Parse(v, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(expected[frame].ToArray());
        }

        rows[^1][..2].ShouldBe(["u0", "5"]);
    }

    [Fact]
    public void Safetensors_are_read_by_the_engines_reader_of_the_format()
    {
        new FeatureTableExtraction { Extractor = Functionals, Sources = Labelled(3), LabelNames = ["class"] }.WriteTo(At("f.safetensors"));
        var header = SafeTensors.ReadHeader(At("f.safetensors"));
        header.Tensors["features"].Shape.ShouldBe([3L, 240L]);
        header.Metadata["set"].ShouldBe("mfcc-functionals");
        header.Metadata["files"].ShouldBe("[\"u0\",\"u1\",\"u2\"]");
        header.Metadata["class"].ShouldContain("\"c\"");

        new FeatureTableExtraction { Extractor = FrameWise, Sources = Sources(3) }.WriteTo(At("s.safetensors"));
        header = SafeTensors.ReadHeader(At("s.safetensors"));
        header.Tensors.Keys.ShouldBe(["u0", "u1", "u2"]);
        header.Tensors["u2"].Shape.ShouldBe([8L, 3L]);
        var values = File.ReadAllBytes(At("s.safetensors"))[^(8 * 3 * 4)..];
        Enumerable.Range(0, 24).Select(i => BitConverter.ToSingle(values, 4 * i)).ShouldBe(FrameWise.Extract(Audio(2)).Values);
    }

    [Fact]
    public void What_was_done_before_an_interruption_is_not_done_again()
    {
        using var stop = new CancellationTokenSource();
        var read = 0;
        var sources = Sources(20, () =>
        {
            if (++read == 8)
            {
                stop.Cancel();
            }
        });
        var path = At("t.csv");
        var extraction = new FeatureTableExtraction { Extractor = Functionals, Sources = sources, Workers = 1 };
        Should.Throw<OperationCanceledException>(() => extraction.WriteTo(path, stop.Token));
        File.Exists(path).ShouldBeFalse();

        // A record that was torn by the end of the process counts for nothing.
        using (var partial = File.OpenWrite(path + FeatureTableExtraction.PartialSuffix))
        {
            partial.SetLength(partial.Length - 5);
        }

        read = 100;
        var result = extraction.WriteTo(path);
        result.Resumed.ShouldBe(7);
        read.ShouldBe(113);
        new FeatureTableExtraction { Extractor = Functionals, Sources = Sources(20) }.WriteTo(At("whole.csv"));
        File.ReadAllBytes(path).ShouldBe(File.ReadAllBytes(At("whole.csv")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(60)]
    public void A_partial_file_of_another_set_or_damaged_is_begun_anew(int damagedByte)
    {
        var path = At("t.csv");
        using var stop = new CancellationTokenSource();
        Should.Throw<OperationCanceledException>(() => new FeatureTableExtraction { Extractor = Functionals, Sources = Sources(4, stop.Cancel), Workers = 1 }.WriteTo(path, stop.Token));
        var bytes = File.ReadAllBytes(path + FeatureTableExtraction.PartialSuffix);
        bytes.Length.ShouldBeGreaterThan(240 * 4);
        bytes[damagedByte] ^= 0xFF;
        File.WriteAllBytes(path + FeatureTableExtraction.PartialSuffix, bytes);
        new FeatureTableExtraction { Extractor = Functionals, Sources = Sources(4) }.WriteTo(path).Resumed.ShouldBe(0);

        Should.Throw<OperationCanceledException>(() => new FeatureTableExtraction { Extractor = FrameWise, Sources = Sources(4, stop.Cancel), Workers = 1 }.WriteTo(path, stop.Token));
        new FeatureTableExtraction { Extractor = Functionals, Sources = Sources(4) }.WriteTo(path).Resumed.ShouldBe(0);
        File.ReadLines(path).Count().ShouldBe(5);
    }

    [Fact]
    public void Recordings_that_cannot_be_read_are_left_out_and_named()
    {
        List<FeatureSource> sources = [.. Sources(2), FeatureSource.File(At("none.wav")), new("nan", "nan", () => new Waveform([float.NaN], 16000))];
        var result = new FeatureTableExtraction { Extractor = Functionals, Sources = sources }.WriteTo(At("t.csv"));
        result.Recordings.ShouldBe(2);
        result.Failures.Select(f => f.Name).ShouldBe([At("none.wav"), "nan"]);
        result.Failures[0].Reason.ShouldContain("does not exist");
        File.ReadLines(At("t.csv")).Count().ShouldBe(3);

        new FeatureTableExtraction { Extractor = Functionals, Sources = sources[2..] }.WriteTo(At("nothing.csv")).Recordings.ShouldBe(0);
        File.Exists(At("nothing.csv")).ShouldBeFalse();
        Directory.GetFiles(_folder.Path).Length.ShouldBe(1);
    }

    [Fact]
    public void What_cannot_become_a_table_is_refused()
    {
        Refused(At("t.xls"), Sources(1)).ShouldContain("the extension '.xls' names no form of table; expected one of: .csv, .safetensors");
        Refused(_folder.Path + ".csv/..", Sources(1)).ShouldContain("names no form");
        Refused(At("t.csv"), [.. Sources(1), .. Sources(1)]).ShouldContain("'u0' is given twice");
        Directory.CreateDirectory(At("folder.csv"));
        Refused(At("folder.csv"), Sources(1)).ShouldContain("is a folder");
        File.WriteAllText(At("file"), "");
        Refused(At("file/t.csv"), Sources(1)).ShouldContain("its folder cannot be made");
        Should.Throw<UndertoneException>(() => new FeatureTableExtraction { Extractor = FrameWise, Sources = Sources(1) }.ToTable()).Message.ShouldContain("'log-mel-functionals'");

        Should.Throw<ArgumentException>(() => new FeatureTableExtraction { Extractor = Functionals, Sources = Labelled(1) }.WriteTo(At("t.csv"))).Message.ShouldContain("has 1 labels");

        using var other = new FileStream(At("t.csv.partial"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        Refused(At("t.csv"), Sources(1)).ShouldContain("another extraction writes this table");

        static string Refused(string path, IReadOnlyList<FeatureSource> sources) =>
            Should.Throw<UndertoneException>(() => new FeatureTableExtraction { Extractor = Functionals, Sources = sources }.WriteTo(path)).Message;
    }
}
