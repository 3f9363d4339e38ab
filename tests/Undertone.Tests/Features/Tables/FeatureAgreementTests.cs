using System.IO.Compression;
using System.Text;
using Undertone.Features.Tables;

namespace Undertone.Tests.Features.Tables;

public sealed class FeatureAgreementTests
{
    private static readonly string[] Files = ["a/x1.wav", "a/x2.wav", "a/x3.wav", "a/x4.wav"];

    [Fact]
    public void Correlation_and_scaled_difference_are_those_of_numpy()
    {
        var ours = new FeatureTable(
            ["p", "q", "constant", "other constant", "flat", "mine"],
            Files,
            [[1, 10, 3, 3, 5, 0], [2, 8, 3, 3, 5, 0], [4, 9, 3, 3, 5, 0], [3, 1, 3, 3, 5, 0]]);
        var reference = new FeatureTable(
            ["flat", "other constant", "constant", "q", "p", "theirs"],
            ["X4", "x3", "x2", "x1", "x9"],
            [[1, 4, 3, 1.5, 3.5, 0], [2, 4, 3, 9.5, 3.5, 0], [3, 4, 3, 8, 2.5, 0], [7, 4, 3, 11, 1, 0], [0, 0, 0, 0, 0, 0]]);

        var agreement = FeatureAgreement.Of(ours, reference);

        agreement.Utterances.ShouldBe(4);
        agreement.OnlyOurs.ShouldBe(["mine"]);
        agreement.Unmatched.ShouldBeEmpty();
        agreement.Values.Select(v => v.Name).ShouldBe(["p", "q", "constant", "other constant", "flat"]);

        // numpy 1.24: corrcoef and median(abs(a - b)) / std(b) of the columns above.
        agreement.Values[0].Correlation.ShouldBe(0.9288092200038602, 1e-12);
        agreement.Values[0].ScaledDifference.ShouldBe(0.4886777774252209, 1e-12);
        agreement.Values[1].Correlation.ShouldBe(0.995418074407504, 1e-12);
        agreement.Values[1].ScaledDifference.ShouldBe(0.13801311186847084, 1e-12);
        agreement.Values[2].ShouldBe(new ValueAgreement("constant", double.NaN, 0));
        agreement.Values[3].ShouldBe(new ValueAgreement("other constant", double.NaN, double.PositiveInfinity));
        agreement.Values[4].Correlation.ShouldBe(0);
        agreement.MedianCorrelation.ShouldBe(0.9288092200038602, 1e-12);
        agreement.Correlated(0.95).ShouldBe(2);
        agreement.Scaled(0.14).ShouldBe(2);
    }

    [Theory]
    [InlineData("file;p;note;q\n'x1.wav';1;hello;-2e-1\n'x2.wav';2;;3\n", ".csv")]
    [InlineData("\uFEFFfile,p,note,q\r\nx1.wav,1,-,-0.2\r\nx2.wav,2,-,3\r\n", ".csv")]
    [InlineData("\"file\"\t\"p\"\t\"note\"\t\"q\"\nx1.wav\t1\t-\t-.2\nx2.wav\t2\t-\t3", ".txt")]
    [InlineData("file;p;note;q\nx1.wav;1;hello;-2e-1\nx2.wav;2;;3\n", ".csv.gz")]
    public void Tables_of_other_tools_are_read(string text, string extension)
    {
        using var folder = new Corpora.TemporaryFolder();
        var path = Path.Combine(folder.Path, "table" + extension);
        var bytes = Encoding.UTF8.GetBytes(text);
        using (var file = File.Create(path))
        {
            using var stream = extension.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Compress) : (Stream)file;
            stream.Write(bytes);
        }

        var table = FeatureTable.Read(path, ["q", "p", "r"]);
        table.Names.ShouldBe(["p", "q"]);
        table.Utterances.ShouldBe(["x1.wav", "x2.wav"]);
        table[0].ToArray().ShouldBe([1, -0.2]);
        table[1].ToArray().ShouldBe([2, 3]);
    }

    [Theory]
    [InlineData("", "is empty; expected a header")]
    [InlineData("file\nx", "line 1: has one column, 'file'")]
    [InlineData("file,p\nx,1,2", "line 2: has 3 fields; the header has 2.")]
    [InlineData("file,p\nx,1\n\ny,one", "line 4, column 'p': 'one' is no number.")]
    [InlineData("file,p,p\nx,1,1", "line 1: the column 'p' stands twice")]
    [InlineData("file,q\nx,1", "line 1: has none of the values wanted, such as 'p'; its columns are called 'q'.")]
    public void A_table_that_is_none_is_refused_with_its_line(string text, string expected)
    {
        using var folder = new Corpora.TemporaryFolder();
        var path = Path.Combine(folder.Path, "table.csv");
        File.WriteAllText(path, text);
        Should.Throw<UndertoneException>(() => FeatureTable.Read(path, ["p"])).Message.ShouldContain(expected);
    }

    [Fact]
    public void Missing_and_damaged_files_and_tables_without_common_rows_are_refused()
    {
        using var folder = new Corpora.TemporaryFolder();
        var path = Path.Combine(folder.Path, "table.csv.gz");
        Should.Throw<UndertoneException>(() => FeatureTable.Read(path)).Message.ShouldContain("no such file");
        File.WriteAllText(path, "file,p\nx,1");
        Should.Throw<UndertoneException>(() => FeatureTable.Read(path)).Message.ShouldContain("cannot be read");

        var ours = new FeatureTable(["p"], Files, [[1], [2], [3], [4]]);
        Should.Throw<UndertoneException>(() => FeatureAgreement.Of(ours, new FeatureTable(["q"], Files, [[1], [2], [3], [4]]))).Message.ShouldContain("share no value");
        Should.Throw<UndertoneException>(() => FeatureAgreement.Of(ours, new FeatureTable(["p"], ["x1", "x2", "y", "z"], [[1], [2], [3], [4]]))).Message.ShouldContain("share 2 utterances");
        Should.Throw<UndertoneException>(() => FeatureAgreement.Of(ours, new FeatureTable(["p"], ["x1", "b/X1.flac"], [[1], [2]]))).Message.ShouldContain("'X1' stands twice");
    }
}
