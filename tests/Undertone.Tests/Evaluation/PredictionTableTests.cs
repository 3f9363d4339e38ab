using Undertone.Corpora;
using Undertone.Evaluation;

namespace Undertone.Tests.Evaluation;

public sealed class PredictionTableTests
{
    private const string Good = "utterance,speaker,true,predicted,p(anger),p(neutral)\nu1,03,anger,anger,0.7,0.3\nu2,03,neutral,anger,0.6,0.4\n";

    [Fact]
    public void Reads_what_it_wrote_to_the_bit()
    {
        var random = new SeededRandom(3);
        string[] classes = ["anger", "a, \"b\"", "neutral"];
        var rows = new List<PredictionRow>();
        for (var i = 0; i < 200; i++)
        {
            float[] p = [(float)random.NextDouble(), (float)random.NextDouble() * 1e-12f, (float)random.NextDouble()];
            var sum = p.Sum();
            var utterance = new Utterance("emodb", $"u{i}\n\"x\",{i}", "", "ü 3", "neutral");
            rows.Add(PredictionRow.Of(utterance, classes, [.. p.Select(v => v / sum)]));
        }

        var text = Text(new PredictionTable(classes, rows));
        var again = PredictionTable.Read(new StringReader(text), "text");
        again.Classes.ShouldBe(classes);
        again.Rows.SelectMany(r => r.Probabilities!).ShouldBe(rows.SelectMany(r => r.Probabilities!));
        again.Rows.Select(r => r with { Probabilities = null }).ShouldBe(rows.Select(r => r with { Probabilities = null }));
        Text(again).ShouldBe(text);
        again.NotMostProbable.ShouldBe(0);
    }

    [Fact]
    public void Writes_the_form_of_the_run_folder()
    {
        var utterance = new Utterance("emodb", "03a01Fa", "03a01Fa.wav", "03", "happiness");
        var row = PredictionRow.Of(utterance, ["anger", "happiness", "neutral"], [0.1f, 0.45f, 0.45f]);
        row.Predicted.ShouldBe("happiness");
        Text(new PredictionTable(["anger", "happiness", "neutral"], [row]))
            .ShouldBe("utterance,speaker,true,predicted,p(anger),p(happiness),p(neutral)\n03a01Fa,03,happiness,happiness,0.1,0.45,0.45\n");
    }

    [Fact]
    public void Writes_files_without_a_mark_and_reads_them_with_one()
    {
        using var folder = new TemporaryFile();
        var table = Read(Good);
        table.Write(folder.Path);
        File.ReadAllBytes(folder.Path)[0].ShouldBe((byte)'u');
        File.WriteAllBytes(folder.Path, [0xEF, 0xBB, 0xBF, .. File.ReadAllBytes(folder.Path)]);
        PredictionTable.Read(folder.Path).Rows.Count.ShouldBe(2);
    }

    [Fact]
    public void Takes_other_tools_files()
    {
        var table = Read("true,utterance,predicted,speaker\r\nanger,u1,neutral,03\r\nsadness,u2,sadness,08\r\n\r\n");
        table.Classes.ShouldBe(["anger", "neutral", "sadness"]);
        table.HasProbabilities.ShouldBeFalse();
        table.Rows[1].ShouldBe(new PredictionRow("u2", "08", "sadness", "sadness", null));
    }

    [Fact]
    public void Takes_predicted_at_its_word_and_counts_where_it_is_not_the_most_probable()
    {
        var table = Read(Good.Replace("u2,03,neutral,anger", "u2,03,neutral,neutral"));
        table.Rows[1].Predicted.ShouldBe("neutral");
        table.NotMostProbable.ShouldBe(1);
        Read(Good).NotMostProbable.ShouldBe(0);
    }

    [Fact]
    public void Pools_folds_whose_classes_are_in_another_order()
    {
        var other = Read("utterance,speaker,true,predicted,p(neutral),p(anger)\nu3,08,anger,anger,0.2,0.8\n");
        var pooled = PredictionTable.Pool([("a", Read(Good)), ("b", other)]);
        pooled.Rows.Count.ShouldBe(3);
        pooled.Rows[2].Probabilities.ShouldBe([0.8, 0.2]);

        Refused(() => PredictionTable.Pool([("a", Read(Good)), ("b", Read(Good))]), "b: utterance 'u1' is also in a");
        var bare = Read("utterance,speaker,true,predicted\nu9,08,anger,anger\n");
        Refused(() => PredictionTable.Pool([("a", Read(Good)), ("b", bare)]), "b: its p(...) columns are not those of a");
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("utterance,speaker,true,predicted\n", "no rows below the header")]
    [InlineData("utterance,speaker,true\nu1,03,anger\n", "line 1: no column 'predicted'")]
    [InlineData("utterance,speaker,true,predictd\nu1,03,anger,anger\n", "line 1: unknown column 'predictd'; did you mean 'predicted'?")]
    [InlineData("utterance,speaker,true,predicted,true\nu1,03,anger,anger,anger\n", "line 1: column 'true' is there twice")]
    [InlineData("utterance,speaker,true,predicted\nu1,03,anger\n", "line 2: 3 fields; expected 4")]
    [InlineData("utterance,speaker,true,predicted\nu1,03,anger,anger\n\nu2,03,anger,anger\n", "line 3: 1 fields; expected 4")]
    [InlineData("utterance,speaker,true,predicted\nu1,,anger,anger\n", "line 2: speaker is empty")]
    [InlineData("utterance,speaker,true,predicted\nu1,03,anger,anger\nu1,08,anger,anger\n", "line 3: utterance 'u1' has a row already, line 2")]
    [InlineData("utterance,speaker,true,predicted,p(anger),p(neutral)\nu1,03,angr,anger,1,0\n", "line 2: true is 'angr', a class without a column p(angr); did you mean 'anger'?")]
    [InlineData("utterance,speaker,true,predicted,p(anger),p(neutral)\nu1,03,anger,anger,\"0,7\",0.3\n", "line 2: p(anger) is '0,7'; expected a number from 0 to 1")]
    [InlineData("utterance,speaker,true,predicted,p(anger),p(neutral)\nu1,03,anger,anger,NaN,0.3\n", "line 2: p(anger) is 'NaN'")]
    [InlineData("utterance,speaker,true,predicted,p(anger),p(neutral)\nu1,03,anger,anger,70,30\n", "line 2: p(anger) is '70'")]
    [InlineData("utterance,speaker,true,predicted,p(anger),p(neutral)\nu1,03,anger,anger,0.9,0.9\n", "line 2: the probabilities sum to 1.8")]
    [InlineData("utterance,speaker,true,predicted\nu1,03,\"anger,anger\n", "line 2: a quote is opened and never closed")]
    [InlineData("utterance,speaker,true,predicted\nu1,03,an\"ger,anger\n", "line 2, field 3: a quote inside an unquoted field")]
    [InlineData("utterance,speaker,true,predicted\nu1,\"03\"x,anger,anger\n", "line 2, field 2: text after the closing quote")]
    public void Refuses_malformed_files_by_line(string text, string message) => Refused(() => Read(text), message);

    [Fact]
    public void Refuses_what_is_no_text_file()
    {
        using var file = new TemporaryFile();
        File.WriteAllBytes(file.Path, [0xFF, 0xFE, 0x00, 0xC3]);
        Refused(() => PredictionTable.Read(file.Path), "not UTF-8");
        Refused(() => PredictionTable.Read(file.Path + ".missing"), "no such file");
        Refused(() => PredictionTable.Read(Path.GetTempPath()), "cannot be read");
    }

    [Fact]
    public void A_model_that_gives_nan_is_not_written_down()
    {
        var utterance = new Utterance("emodb", "u", "", "03", "a");
        Should.Throw<ArgumentException>(() => PredictionRow.Of(utterance, ["a", "b"], [float.NaN, 0.5f]));
        Should.Throw<ArgumentException>(() => PredictionRow.Of(utterance, ["a", "b"], [1f]));
    }

    [Fact]
    public void A_table_holds_together()
    {
        var row = ClassificationScoresTests.Row(1, "a", "b");
        Should.Throw<ArgumentException>(() => new PredictionTable(["a"], [row]));
        Should.Throw<ArgumentException>(() => new PredictionTable(["a", "b"], [row, row]));
        Should.Throw<ArgumentException>(() => new PredictionTable(["a", "b"], [row with { Probabilities = [1] }]));
    }

    private static PredictionTable Read(string text) => PredictionTable.Read(new StringReader(text), "text");

    private static string Text(PredictionTable table)
    {
        var writer = new StringWriter();
        table.Write(writer);
        return writer.ToString();
    }

    private static void Refused(Action act, string message) => Should.Throw<UndertoneException>(act).Message.ShouldContain(message);
}
