using Undertone.Corpora;
using Undertone.Emotions;
using Undertone.Experiments;
using Undertone.Tests.Corpora;

namespace Undertone.Tests.Experiments;

public class UtterancesFileTests
{
    private const string Old = "corpus,utterance,speaker,gender,age,language,text,session,seconds,audio_hash\n";

    [Fact]
    public void EveryColumnIsReadBack()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "utterances.csv");
        var full = new Utterance("c", "a, \"b\"", "", "s1", "")
        {
            Gender = "female",
            Age = 31,
            Language = "de",
            Text = "t",
            Session = "1",
            Seconds = 1.25,
            AudioHash = "00",
            Intensity = "strong",
            Arousal = 2.5,
            Valence = -0.1,
            Dominance = 3,
            HumanRate = 0.85,
            Votes = EmotionVotes.Parse("E1=anger;E2=neutral"),
            Start = 0.5,
            End = 1.75,
            Style = "scripted",
        };
        var bare = new Utterance("c", "b", "", "s2", "");
        UtterancesFile.Write(path, [new CorpusData(new Emodb().Card, [full, bare], [], "")]);

        UtterancesFile.Read(path).ShouldBe([full, bare]);
        File.ReadLines(path).First().ShouldBe("corpus,utterance,speaker,gender,age,language,text,session,seconds,audio_hash,intensity,arousal,valence,dominance,human_rate,votes,start,end,style");
    }

    [Fact]
    public void AnOlderFileIsRead()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("utterances.csv", System.Text.Encoding.UTF8.GetBytes(Old + "emodb,u1,03,male,31,de,a01,,2,00\n"));

        var u = UtterancesFile.Read(path).ShouldHaveSingleItem();

        (u.Id, u.Age, u.Seconds, u.Votes, u.Start).ShouldBe(("u1", 31, 2.0, null, null));
    }

    [Theory]
    [InlineData("a,b\n", ":1: expected the columns")]
    [InlineData(Old + "emodb,u1\n", ":2: 2 fields")]
    [InlineData(Old + "emodb,u1,03,male,old,de,a01,,2,00\n", ":2: age 'old' is not a number")]
    public void DamageIsNamedWithItsLine(string text, string expected)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("utterances.csv", System.Text.Encoding.UTF8.GetBytes(text));
        Should.Throw<UndertoneException>(() => UtterancesFile.Read(path)).Message.ShouldContain(expected);
    }
}
