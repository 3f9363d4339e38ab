using Undertone.Corpora;

namespace Undertone.Tests.Corpora;

public class IemocapTests
{
    private const string Improvised =
        "% [START_TIME - END_TIME] TURN_NAME EMOTION [V, A, D]\n\n"
        + "[6.2901 - 8.2357]\tSes01F_impro01_F000\tneu\t[2.5000, 2.5000, 2.5000]\n"
        + "C-E2:\tNeutral;\t()\nC-E3:\tNeutral;\t()\nC-E4:\tNeutral;\t()\nC-F1:\tNeutral;\t()\n"
        + "A-E3:\tval 3; act 2; dom  2;\t()\nA-E4:\tval 2; act 3; dom  3;\t(mad)\nA-F1:\tval 3; act 2; dom  1;\t()\n\n"
        + "[10.0100 - 11.3925]\tSes01F_impro01_M000\txxx\t[2.5000, 3.5000, 2.0000]\n"
        + "C-E2:\tSadness; Frustration;\t()\nC-E3:\tExcited;\t(giddy; really)\nC-E4:\tOther;\t()\nC-M1:\tAnger;\t()\n\n";

    private const string Scripted =
        "% [START_TIME - END_TIME] TURN_NAME EMOTION [V, A, D]\n\n"
        + "[1.0000 - 3.0000]\tSes05M_script01_1b_M012\texc\t[4.6667, 4.0000, 3.0000]\n"
        + "C-E1:\tExcited;\t()\nC-E2:\tHappiness;\t()\nC-E4:\tExcited;\t()\n";

    [Fact]
    public void TurnsHaveLabelsVotesRatingsAndSessions()
    {
        using var tree = Tree();

        var check = tree.Check(new Iemocap());
        var u = check.Data.Utterances;

        u.Select(x => (x.Id, x.Speaker, x.Gender, x.Session, x.Style, x.Text, x.Emotion)).ShouldBe(
        [
            ("Ses01F_impro01_F000", "1F", "female", "1", "improvised", null, "neutral"),
            ("Ses01F_impro01_M000", "1M", "male", "1", "improvised", null, "no-agreement"),
            ("Ses05M_script01_1b_M012", "5M", "male", "5", "scripted", "script01", "excitement"),
        ]);
        u.Select(x => (x.Valence, x.Arousal, x.Dominance)).ShouldBe([(2.5, 2.5, 2.5), (2.5, 3.5, 2.0), (4.6667, 4.0, 3.0)]);
        u.Select(x => x.Votes!.ToString()).ShouldBe(
        [
            "E2=neutral;E3=neutral;E4=neutral",
            "E2=sadness;E2=frustration;E3=excitement;E4=other",
            "E1=excitement;E2=happiness;E4=excitement",
        ]);
        u[1].Votes!.Annotators.ShouldBe(3);
        check.Listing.Foreign.ShouldHaveSingleItem().Reason.ShouldContain("a whole dialogue");
        check.Faults.ShouldContain("3 files instead of 10039.");
        check.Faults.ShouldContain("Session 1: 2 of 1819.");
        check.Faults.ShouldContain("Four classes: 2 of 5531.");
        check.Faults.ShouldContain("Four classes, session 5: 1 of 1241.");
    }

    [Fact]
    public void TheConventionOfFourClassesAddsUp()
    {
        var corpus = new Iemocap();
        corpus.Card.Utterances.ShouldBe(10039);
        corpus.Card.Classes.Where(c => Iemocap.FourClasses.Contains(c.Key)).Sum(c => c.Value).ShouldBe(5531);
        var counts = corpus.Counts([]);
        counts.Where(c => c.What.StartsWith("session", StringComparison.Ordinal)).Sum(c => c.Expected).ShouldBe(10039);
        counts.Where(c => c.What.StartsWith("four classes, session", StringComparison.Ordinal)).Select(c => c.Expected).ShouldBe([1085, 1023, 1151, 1031, 1241]);
    }

    [Fact]
    public void TurnsWithoutLabelAreLeftOutAndSaid()
    {
        using var tree = Tree().Speak("Session2/sentences/wav/Ses02F_impro01/Ses02F_impro01_F000.wav");

        var listing = tree.Survey(new Iemocap());

        listing.Utterances.Count.ShouldBe(3);
        listing.Notes.ShouldHaveSingleItem().ShouldContain("1 of 4 turns have no label in EmoEvaluation and are left out (first: Ses02F_impro01_F000)");
    }

    [Fact]
    public void WithoutLabelFilesThereIsNoCorpus()
    {
        using var tree = new CorpusTree().Speak("Session2/sentences/wav/Ses02F_impro01/Ses02F_impro01_F000.wav");
        Should.Throw<UndertoneException>(() => tree.Survey(new Iemocap())).Message.ShouldContain("Expected files such as Session1/dialog/EmoEvaluation/Ses01F_impro01.txt");
    }

    [Theory]
    [InlineData("[6.2901 - 8.2357]\tSes01F_impro01_F000\tjoy\t[2.5, 2.5, 2.5]", ":1: label 'joy' is not one of ang")]
    [InlineData("\n[6.2901 - 8.2357]\tSes01F_impro01_F000\tneu", ":2: expected a line such as")]
    [InlineData("[1.0 - 2.0]\tSes01F_impro01_F000\tneu\t[2.5, 2.5, 2.5]\n[1.0 - 2.0]\tSes01F_impro01_F000\tneu\t[2.5, 2.5, 2.5]", ":2: turn Ses01F_impro01_F000 stands twice")]
    public void DamagedLabelsAreNamedWithTheirLine(string text, string expected)
    {
        using var tree = new CorpusTree().Speak("Session1/sentences/wav/Ses01F_impro01/Ses01F_impro01_F000.wav");
        tree.Write("Session1/dialog/EmoEvaluation/Ses01F_impro01.txt", text);
        Should.Throw<UndertoneException>(() => tree.Survey(new Iemocap())).Message.ShouldContain("Ses01F_impro01.txt" + expected);
    }

    private static CorpusTree Tree() => new CorpusTree()
        .Speak(
            "Session1/sentences/wav/Ses01F_impro01/Ses01F_impro01_F000.wav",
            "Session1/sentences/wav/Ses01F_impro01/Ses01F_impro01_M000.wav",
            "Session1/dialog/wav/Ses01F_impro01.wav",
            "Session5/sentences/wav/Ses05M_script01_1b/Ses05M_script01_1b_M012.wav")
        .Write("Session1/dialog/EmoEvaluation/Ses01F_impro01.txt", Improvised)
        .Write("Session1/dialog/EmoEvaluation/._Ses01F_impro01.txt", "resource fork")
        .Write("Session1/dialog/EmoEvaluation/Categorical/Ses01F_impro01_e2_cat.txt", "Ses01F_impro01_F000 :Neutral state; ()\n")
        .Write("Session5/dialog/EmoEvaluation/Ses05M_script01_1b.txt", Scripted.ReplaceLineEndings("\r\n"));
}
