using Undertone.Corpora;

namespace Undertone.Tests.Corpora;

public class CremaDTests
{
    // The columns as published; the first, without a name, is 100000 x presentation + clip.
    private const string Votes =
        """
        "","A","D","F","H","N","S","fileName","numResponses","agreement","emoVote"
        "100001",0,0,0,1,10,0,"1001_IEO_NEU_XX",11,0.909090909090909,"N"
        "100004",2,0,0,6,2,0,"1001_IEO_HAP_HI",10,0.6,"H"
        "200004",0,0,0,10,0,0,"1001_IEO_HAP_HI",10,1,"H"

        """;

    private const string Responses =
        """
        "","localid","pos","ans","ttr","queryType","numTries","clipNum","questNum","subType","clipName","sessionNums","respEmo","respLevel","dispEmo","dispVal","dispLevel"
        "1","p1",1,"H_80",2000,1,0,4,1,4,"1001_IEO_HAP_HI",1,"H",80,"H",80,"HI"
        "2","p2",1,"N_40",2000,1,0,4,1,4,"1001_IEO_HAP_HI",2,"N",40,"H",80,"HI"
        "3","p3",1,"A_40",2000,2,0,4,1,4,"1001_IEO_HAP_HI",3,"A",40,"H",80,"HI"

        """;

    private const string People = "\"ActorID\",\"Age\",\"Sex\",\"Race\",\"Ethnicity\"\n1001,51,\"Male\",\"Caucasian\",\"Not Hispanic\"\n1040,42,\"Female\",\"Caucasian\",\"Not Hispanic\"\n";

    [Fact]
    public void VotesOfTheAudioAloneAndPeopleAreRead()
    {
        using var tree = Tree().Write("processedResults/tabulatedVotes.csv", Votes).Write("VideoDemographics.csv", People);

        var check = tree.Check(new CremaD());
        var u = check.Listing.Utterances;

        u.Select(x => (x.Id, x.Speaker, x.Emotion, x.Text, x.Intensity, x.Gender, x.Age)).ShouldBe(
        [
            ("1001_IEO_HAP_HI", "1001", "happiness", "IEO", "high", "male", 51),
            ("1001_IEO_NEU_XX", "1001", "neutral", "IEO", null, "male", 51),
            ("1040_ITH_SAD_X", "1040", "sadness", "ITH", null, "female", 42),
        ]);
        u[0].Votes!.ToString().ShouldBe("anger*2;happiness*6;neutral*2");
        u[0].HumanRate.ShouldBe(0.6);
        u[1].HumanRate!.Value.ShouldBe(10.0 / 11, 1e-12);
        u[2].Votes.ShouldBeNull();
        check.Listing.Notes.ShouldBeEmpty();
        check.Listing.Foreign.ShouldBeEmpty();
        check.Faults.ShouldContain("3 files instead of 7442.");
        check.Faults.ShouldContain("2 speakers instead of 91.");
    }

    [Fact]
    public void WithoutCountedVotesTheSingleResponsesAreRead()
    {
        using var tree = Tree().Write("finishedResponses.csv", Responses);

        var listing = tree.Survey(new CremaD());

        listing.Utterances[0].Votes!.ToString().ShouldBe("p1=happiness;p2=neutral");
        listing.Utterances[0].HumanRate.ShouldBe(0.5);
        listing.Notes.ShouldHaveSingleItem().ShouldContain("VideoDemographics.csv is not there");
    }

    [Fact]
    public void AudioAloneIsReadAndWhatIsMissingIsSaid()
    {
        using var tree = Tree();
        var listing = tree.Survey(new CremaD());
        listing.Notes.Count.ShouldBe(2);
        listing.Notes[1].ShouldContain("the crowd's votes are unknown. Get them from https://");
        listing.Utterances.ShouldAllBe(u => u.Gender == null && u.Votes == null);
    }

    [Theory]
    [InlineData("processedResults/tabulatedVotes.csv", "\"\",\"A\"\n", "tabulatedVotes.csv:1: there is no column 'D'")]
    [InlineData("VideoDemographics.csv", "ActorID,Age,Sex\n1001,51\n", "VideoDemographics.csv:2: 2 fields; expected 3")]
    [InlineData("VideoDemographics.csv", "ActorID,Age,Sex\n1001,old,Male\n", "VideoDemographics.csv:2: sex 'Male' and age 'old'")]
    public void DamagedFilesAreNamed(string file, string text, string expected)
    {
        using var tree = Tree().Write(file, text);
        Should.Throw<UndertoneException>(() => tree.Survey(new CremaD())).Message.ShouldContain(expected);
    }

    [Theory]
    [InlineData("1001_DFA_ANG", "four parts")]
    [InlineData("1092_DFA_ANG_XX", "actor '1092'")]
    [InlineData("1001_XXX_ANG_XX", "sentence 'XXX'")]
    [InlineData("1001_DFA_SUR_XX", "emotion 'SUR'")]
    [InlineData("1001_DFA_ANG_UP", "intensity 'UP'")]
    public void ForeignNamesSayWhatIsWrong(string stem, string expected) => new CremaD().Parse(stem, "x.wav").Problem.ShouldContain(expected);

    private static CorpusTree Tree()
    {
        var tree = new CorpusTree().Speak("AudioWAV/1001_IEO_HAP_HI.wav", "AudioWAV/1001_IEO_NEU_XX.wav", "AudioWAV/1040_ITH_SAD_X.wav");
        return tree.Write("AudioMP3/1001_IEO_HAP_HI.mp3", "the same as MP3");
    }
}
