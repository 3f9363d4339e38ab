using Undertone.Corpora;

namespace Undertone.Tests.Corpora;

/// <summary>Small copies of corpora whose labels stand in their file names.</summary>
public class SmallCorpusTests
{
    [Fact]
    public void SaveeIsReadFlatAndBySpeaker()
    {
        using var tree = new CorpusTree();
        tree.Speak("AudioData/DC/a01.wav", "AudioData/DC/sa15.wav", "AudioData/JE/n30.wav", "ALL/JK_su07.wav", "ALL/KL_d04.wav");
        tree.Write("AudioData/Info.txt", "DC, JE, JK and KL are four male speakers");

        var check = tree.Check(new Savee());

        check.Listing.Utterances.Select(u => (u.Id, u.Speaker, u.Emotion, u.Gender, u.Text)).ShouldBe(
        [
            ("DC_a01", "DC", "anger", "male", "01"),
            ("DC_sa15", "DC", "sadness", "male", "sa15"),
            ("JE_n30", "JE", "neutral", "male", "n30"),
            ("JK_su07", "JK", "surprise", "male", "su07"),
            ("KL_d04", "KL", "disgust", "male", "d04"),
        ]);
        check.Listing.Foreign.ShouldBeEmpty();
        check.Faults.ShouldContain("5 files instead of 480.");
        check.Faults.ShouldContain("By speaker: DC 2 of 120, JE 1 of 120, JK 1 of 120, KL 1 of 120.");
        check.Data.Utterances.ShouldAllBe(u => u.Seconds > 0.5);
    }

    [Theory]
    [InlineData("DC_x01", "speaker, emotion a d f h n sa or su")]
    [InlineData("XX_a01", "speaker 'XX' is not one of DC JE JK KL")]
    [InlineData("a01", "is not one of DC JE JK KL: expected one of these as folder")]
    [InlineData("DC_a16", "sentence '16' is not one of 01 to 15")]
    [InlineData("DC_n31", "sentence '31' is not one of 01 to 30")]
    public void SaveeForeignNamesSayWhatIsWrong(string stem, string expected) =>
        new Savee().Parse(stem, $"/somewhere/{stem}.wav").Problem.ShouldContain(expected);

    [Fact]
    public void TessIsReadWithTheOdditiesOfItsMirrors()
    {
        using var tree = new CorpusTree();
        tree.Speak(
            "OAF_angry/OAF_back_angry.wav", "OAF_neutral/OA_bite_neutral.wav", "OAF_Pleasant_surprise/OAF_bar_ps.wav",
            "YAF_pleasant_surprised/YAF_bar_ps.wav", "YAF_happy/YAF_youth_happy.wav", "YAF_sad/YAF_germ_sad.wav");
        tree.Copy("OAF_angry/OAF_back_angry.wav", "TESS Toronto emotional speech set data/OAF_angry/OAF_back_angry.wav");
        tree.Speak("YAF_sad/YAF_germ_tired.wav", "readme.wav");

        var check = tree.Check(new Tess());

        check.Listing.Utterances.Select(u => (u.Id, u.Speaker, u.Emotion, u.Gender, u.Age, u.Text)).ShouldBe(
        [
            ("OAF_back_anger", "OAF", "anger", "female", 64, "back"),
            ("OAF_bar_surprise", "OAF", "surprise", "female", 64, "bar"),
            ("OAF_bite_neutral", "OAF", "neutral", "female", 64, "bite"),
            ("YAF_bar_surprise", "YAF", "surprise", "female", 26, "bar"),
            ("YAF_germ_sadness", "YAF", "sadness", "female", 26, "germ"),
            ("YAF_youth_happiness", "YAF", "happiness", "female", 26, "youth"),
        ]);
        check.Listing.Copies.ShouldHaveSingleItem().Path.ShouldContain("TESS Toronto");
        check.Listing.Foreign.Select(f => f.Reason).ShouldBe(
            ["expected a name such as OAF_back_angry: speaker OAF or YAF, word, emotion", "emotion 'tired' is not one of angry disgust fear happy neutral ps sad"],
            ignoreOrder: true);
        check.Faults.ShouldContain("6 files instead of 2800.");
        check.Faults.ShouldContain("By speaker: OAF 3 of 1400, YAF 3 of 1400.");
    }

    [Fact]
    public void RavdessSongLeavesSpeechOutAndIsLeftOutOfSpeech()
    {
        using var tree = new CorpusTree();
        tree.Speak("Actor_01/03-02-01-01-01-01-01.wav", "Actor_02/03-02-06-02-02-02-02.wav", "Actor_02/03-01-06-02-02-02-02.wav", "Actor_03/03-02-07-01-01-01-03.wav");

        var song = tree.Survey(new RavdessSong());

        song.Utterances.Select(u => (u.Corpus, u.Speaker, u.Emotion, u.Gender, u.Intensity)).ShouldBe(
            [("ravdess-song", "01", "neutral", "male", "normal"), ("ravdess-song", "02", "fear", "female", "strong")]);
        song.Foreign.Select(f => f.Reason).ShouldBe(["vocal channel '01' is speech; expected 02 (song)", "emotion '07' (disgust) was not sung; expected 01 to 06"]);
        tree.Survey(new Ravdess()).Utterances.ShouldHaveSingleItem().Id.ShouldBe("03-01-06-02-02-02-02");
        tree.Check(new RavdessSong()).Faults.ShouldContain("2 speakers instead of 23.");
        new RavdessSong().Card.Utterances.ShouldBe(1012);
    }

    [Fact]
    public void EnterfaceTakesTheSpeakerFromTheSubjectsFolder()
    {
        using var tree = new CorpusTree();
        tree.Speak(
            "subject 1/anger/sentence 1/s1_an_1.wav", "subject 3/sadness/sentence 2/s_3_sa_2.wav", "subject 6/fear/s6_fe.wav",
            "subject 11/happiness/sentence 5/s12_ha_5.wav", "subject 12/happiness/sentence 5/s12_ha_5.wav", "subject 16/surprise/sentence 3/s16_su_3avi.wav");
        tree.Write("subject 1/anger/sentence 1/s1_an_1.avi", "the video");
        tree.Write("subject 2/anger/sentence 1/s2_an_1.avi", "a video alone");

        var check = tree.Check(new Enterface());

        check.Listing.Utterances.Select(u => (u.Id, u.Speaker, u.Emotion, u.Text)).ShouldBe(
        [
            ("s01_an_1", "s01", "anger", "an1"),
            ("s03_sa_2", "s03", "sadness", "sa2"),
            ("s06_fe", "s06", "fear", null),
            ("s11_ha_5", "s11", "happiness", "ha5"),
            ("s12_ha_5", "s12", "happiness", "ha5"),
            ("s16_su_3", "s16", "surprise", "su3"),
        ]);
        check.Listing.Foreign.ShouldHaveSingleItem().Reason.ShouldContain("ffmpeg -i s2_an_1.avi -vn s2_an_1.wav");
        check.Faults.ShouldContain("6 files instead of 1293.");
        new Enterface().Parse("s45_an_1", "s45_an_1.wav").Problem.ShouldContain("subject '45'");
        new Enterface().Parse("s1_jo_1", "s1_jo_1.wav").Problem.ShouldContain("s1_an_1");
    }

    [Fact]
    public void DesIsReadFromFoldersOrNames()
    {
        using var tree = new CorpusTree();
        tree.Speak("dhc/anger/s1.wav", "dhc/Overrasket/p2.wav", "HO_neu_w1.wav", "jzb/jzb_hap_s9.wav", "KLA-sad-s2.wav", "stray.wav");

        var check = tree.Check(new Des());

        check.Listing.Utterances.Select(u => (u.Id, u.Speaker, u.Emotion, u.Text)).ShouldBe(
        [
            ("DHC_anger_s1", "DHC", "anger", "s1"),
            ("DHC_surprise_p2", "DHC", "surprise", "p2"),
            ("HO_neutral_w1", "HO", "neutral", "w1"),
            ("JZB_happiness_s9", "JZB", "happiness", "s9"),
            ("KLA_sadness_s2", "KLA", "sadness", "s2"),
        ]);
        check.Listing.Foreign.ShouldHaveSingleItem().Reason.ShouldContain("describe yours by a table");
        check.Faults.ShouldContain("5 files instead of 260.");
        check.Faults.ShouldNotContain(f => f.Contains("speakers instead"));
    }
}
