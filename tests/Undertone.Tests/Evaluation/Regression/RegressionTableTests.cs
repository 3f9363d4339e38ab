using Undertone.Evaluation.Regression;

namespace Undertone.Tests.Evaluation.Regression;

public sealed class RegressionTableTests
{
    private const string Good = "utterance,speaker,true(arousal),predicted(arousal),true(valence),predicted(valence)\nu1,03,1.5,1.25,-0.5,0\nu2,03,2,2.5,1e-3,1\n";

    [Fact]
    public void Reads_and_writes_the_form_of_the_run_folder()
    {
        var table = Read(Good);
        table.Targets.ShouldBe(["arousal", "valence"]);
        table.Rows[0].True.ShouldBe([1.5, -0.5]);
        table.Rows[1].Predicted.ShouldBe([2.5, 1]);
        Text(table).ShouldBe(Good.Replace("1e-3", "0.001"));
    }

    [Fact]
    public void Reads_what_it_wrote_to_the_bit()
    {
        var random = new SeededRandom(3);
        var rows = Enumerable.Range(0, 200).Select(i => new RegressionRow($"u{i}\n\"x\",{i}", "ü 3", [random.NextDouble() * 1e-9], [random.NextDouble() * 1e9])).ToList();
        using var file = new TemporaryFile();
        new RegressionTable(["a, \"b\""], rows).Write(file.Path);
        File.ReadAllBytes(file.Path)[0].ShouldBe((byte)'u');
        var again = RegressionTable.Read(file.Path);
        again.Targets.ShouldBe(["a, \"b\""]);
        again.Rows.Select(r => (r.Utterance, r.Speaker, r.True[0], r.Predicted[0])).ShouldBe(rows.Select(r => (r.Utterance, r.Speaker, r.True[0], r.Predicted[0])));
    }

    [Fact]
    public void Takes_columns_in_any_order()
    {
        var table = Read("predicted(valence),speaker,true(arousal),utterance,true(valence),predicted(arousal)\r\n1,03,2,u1,3,4\r\n");
        table.Targets.ShouldBe(["valence", "arousal"]);
        table.Rows[0].True.ShouldBe([3.0, 2]);
        table.Rows[0].Predicted.ShouldBe([1.0, 4]);
    }

    [Fact]
    public void Pools_folds_whose_targets_are_in_another_order()
    {
        var other = Read("utterance,speaker,true(valence),predicted(valence),true(arousal),predicted(arousal)\nu3,08,1,2,3,4\n");
        var pooled = RegressionTable.Pool([("a", Read(Good)), ("b", other)]);
        pooled.Rows[2].True.ShouldBe([3.0, 1]);
        pooled.Rows[2].Predicted.ShouldBe([4.0, 2]);
        Refused(() => RegressionTable.Pool([("a", Read(Good)), ("b", Read(Good))]), "b: utterance 'u1' is also in a");
        var fewer = Read("utterance,speaker,true(valence),predicted(valence)\nu3,08,1,2\n");
        Refused(() => RegressionTable.Pool([("a", Read(Good)), ("b", fewer)]), "b: its targets (valence) are not those of a (arousal, valence)");
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("utterance,speaker,true(a),predicted(a)\n", "no rows below the header")]
    [InlineData("utterance,speaker\nu1,03\n", "line 1: no column 'true(<target>)'; expected utterance,speaker and for each target")]
    [InlineData("utterance,speaker,true(a)\nu1,03,1\n", "line 1: no column 'predicted(a)'")]
    [InlineData("utterance,speaker,predicted(a)\nu1,03,1\n", "line 1: no column 'true(a)'")]
    [InlineData("utterance,true(a),predicted(a)\nu1,1,1\n", "line 1: no column 'speaker'")]
    [InlineData("utterance,speaker,true(a),predicted(a),true(a)\nu1,03,1,1,1\n", "line 1: column 'true(a)' is there twice")]
    [InlineData("utterance,speeker,true(a),predicted(a)\nu1,03,1,1\n", "line 1: unknown column 'speeker'; did you mean 'speaker'?")]
    [InlineData("utterance,speaker,true(),predicted(a),true(a)\nu1,03,1,1,1\n", "line 1: unknown column 'true()'")]
    [InlineData("utterance,speaker,true(a),predicted(a)\nu1,03,1\n", "line 2: 3 fields; expected 4")]
    [InlineData("utterance,speaker,true(a),predicted(a)\nu1,,1,1\n", "line 2: speaker is empty")]
    [InlineData("utterance,speaker,true(a),predicted(a)\nu1,03,1,1\nu1,08,1,1\n", "line 3: utterance 'u1' has a row already, line 2")]
    [InlineData("utterance,speaker,true(a),predicted(a)\nu1,03,\"1,5\",1\n", "line 2: true(a) is '1,5'; expected a number with a decimal point")]
    [InlineData("utterance,speaker,true(a),predicted(a)\nu1,03,1,\n", "line 2: predicted(a) is ''")]
    [InlineData("utterance,speaker,true(a),predicted(a)\nu1,03,1,NaN\n", "line 2: predicted(a) is 'NaN'")]
    [InlineData("utterance,speaker,true(a),predicted(a)\nu1,03,1,1e999\n", "line 2: predicted(a) is '1e999'")]
    public void Refuses_malformed_files_by_line(string text, string message) => Refused(() => Read(text), message);

    [Fact]
    public void A_regression_is_told_by_its_header()
    {
        using var file = new TemporaryFile();
        foreach (var (text, expected) in new[] { (Good, true), ("utterance,predicted(a)\n", true), ("utterance,speaker,true,predicted,p(a)\n", false), ("", false) })
        {
            File.WriteAllText(file.Path, text);
            RegressionTable.IsRegression(file.Path).ShouldBe(expected);
        }

        File.WriteAllBytes(file.Path, [0xFF, 0xFE, 0x00, 0xC3]);
        Refused(() => RegressionTable.Read(file.Path), "not UTF-8");
        Refused(() => RegressionTable.IsRegression(file.Path + ".missing"), "no such file");
    }

    [Fact]
    public void Rows_that_do_not_fit_are_refused()
    {
        Should.Throw<ArgumentException>(() => new RegressionTable(["a"], [new("u", "s", [1], [1, 2])]));
        Should.Throw<ArgumentException>(() => new RegressionTable(["a"], [new("u", "s", [double.NaN], [1])]));
        Should.Throw<ArgumentException>(() => new RegressionTable(["a"], [new("u", "s", [1], [1]), new("u", "s", [1], [1])]));
    }

    private static void Refused(Action act, string message) => Should.Throw<UndertoneException>(act).Message.ShouldContain(message);

    private static RegressionTable Read(string text) => RegressionTable.Read(new StringReader(text), "text");

    private static string Text(RegressionTable table)
    {
        var writer = new StringWriter();
        table.Write(writer);
        return writer.ToString();
    }
}
