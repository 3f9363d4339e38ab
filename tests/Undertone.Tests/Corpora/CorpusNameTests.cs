using Undertone.Corpora;

namespace Undertone.Tests.Corpora;

public class CorpusNameTests
{
    [Theory]
    [InlineData("03a01Fa", "03a01Fa", "03", "happiness", "male", 31, "a01")]
    [InlineData("08b10Wd", "08b10Wd", "08", "anger", "female", 34, "b10")]
    [InlineData("16A02LC", "16a02Lc", "16", "boredom", "female", 31, "a02")]
    [InlineData("14a07ea", "14a07Ea", "14", "disgust", "female", 35, "a07")]
    [InlineData("15b03Ac", "15b03Ac", "15", "fear", "male", 25, "b03")]
    [InlineData("13b09Nb", "13b09Nb", "13", "neutral", "female", 32, "b09")]
    [InlineData("12b02Ta", "12b02Ta", "12", "sadness", "male", 30, "b02")]
    public void EmodbNamesAreRead(string stem, string id, string speaker, string emotion, string gender, int age, string text)
    {
        var u = new Emodb().Parse(stem, "x.wav").Utterance.ShouldNotBeNull();
        (u.Corpus, u.Id, u.Speaker, u.Emotion, u.Gender, u.Age, u.Text, u.Language, u.Path)
            .ShouldBe(("emodb", id, speaker, emotion, gender, age, text, "de", "x.wav"));
    }

    [Theory]
    [InlineData("03a01F", "7 characters")]
    [InlineData("04a01Fa", "speaker '04'")]
    [InlineData("03a03Fa", "sentence 'a03'")]
    [InlineData("03a01Xa", "emotion 'X'")]
    [InlineData("03a01F1", "version '1'")]
    [InlineData("", "7 characters")]
    public void EmodbForeignNamesSayWhichFieldIsWrong(string stem, string expected) =>
        Problem(new Emodb(), stem).ShouldContain(expected);

    [Theory]
    [InlineData("03-01-01-01-01-01-01", "01", "neutral", "male", "normal", "01")]
    [InlineData("03-01-02-02-02-01-02", "02", "calm", "female", "strong", "02")]
    [InlineData("03-01-03-01-02-02-07", "07", "happiness", "male", "normal", "02")]
    [InlineData("03-01-04-01-02-02-24", "24", "sadness", "female", "normal", "02")]
    [InlineData("03-01-05-02-01-02-23", "23", "anger", "male", "strong", "01")]
    [InlineData("03-01-06-02-01-02-10", "10", "fear", "female", "strong", "01")]
    [InlineData("03-01-07-02-01-02-11", "11", "disgust", "male", "strong", "01")]
    [InlineData("03-01-08-02-01-02-12", "12", "surprise", "female", "strong", "01")]
    public void RavdessNamesAreRead(string stem, string speaker, string emotion, string gender, string intensity, string text)
    {
        var u = new Ravdess().Parse(stem, "x.flac").Utterance.ShouldNotBeNull();
        (u.Id, u.Speaker, u.Emotion, u.Gender, u.Intensity, u.Text, u.Language)
            .ShouldBe((stem, speaker, emotion, gender, intensity, text, "en"));
    }

    [Theory]
    [InlineData("03-01-01-01-01-01", "7 numbers")]
    [InlineData("01-01-03-01-01-01-01", "modality '01'")]
    [InlineData("03-02-03-01-01-01-01", "song")]
    [InlineData("03-01-09-01-01-01-01", "emotion '09'")]
    [InlineData("03-01-03-3-01-01-01", "intensity '3'")]
    [InlineData("03-01-03-01-00-01-01", "statement '00'")]
    [InlineData("03-01-03-01-01-03-01", "repetition '03'")]
    [InlineData("03-01-03-01-01-01-25", "actor '25'")]
    [InlineData("03-01-01-02-01-01-01", "normal intensity")]
    [InlineData("03-01-03-01-01-01-٠١", "actor")]
    public void RavdessForeignNamesSayWhichFieldIsWrong(string stem, string expected) =>
        Problem(new Ravdess(), stem).ShouldContain(expected);

    [Theory]
    [InlineData("SM1_F10_A010", "SM1_F10_A010", "SM1", "anger", "male")]
    [InlineData("SF11_F2_S054", "SF11_F2_S054", "SF11", "sadness", "female")]
    [InlineData("sf1_f2_h1", "SF1_F2_H1", "SF1", "happiness", "female")]
    [InlineData("SM5_F72_N100", "SM5_F72_N100", "SM5", "neutral", "male")]
    public void UrduNamesAreRead(string stem, string id, string speaker, string emotion, string gender)
    {
        var u = new Urdu().Parse(stem, "x.wav").Utterance.ShouldNotBeNull();
        (u.Id, u.Speaker, u.Emotion, u.Gender, u.Language, u.Text).ShouldBe((id, speaker, emotion, gender, "ur", null));
    }

    [Theory]
    [InlineData("SX1_F10_A010")]
    [InlineData("SM1_F10_B010")]
    [InlineData("SM1_F10_A010 (1)")]
    [InlineData("SM1_F10")]
    [InlineData("SM1_F10_A010\n")]
    public void UrduForeignNamesAreRefused(string stem) => Problem(new Urdu(), stem).ShouldContain("SM1_F10_A010");

    private static string Problem(FileNamedCorpus corpus, string stem)
    {
        var parsed = corpus.Parse(stem, "x.wav");
        parsed.Utterance.ShouldBeNull();
        return parsed.Problem;
    }
}
