using Undertone.Corpora;

namespace Undertone.Tests.Corpora;

public class CorpusListingTests
{
    [Fact]
    public void AudioMayLieAnywhereInEitherFormatAndLetterCase()
    {
        using var folder = new TemporaryFolder();
        folder.Write("wav/03a01Fa.wav");
        folder.Write("deep/er/still/08a02Wb.FLAC");
        folder.Write("10B01NA.WAV");
        folder.Write("notes.txt");

        var listing = new Emodb().Survey(folder.Path);

        listing.Utterances.Select(u => u.Id).ShouldBe(["03a01Fa", "08a02Wb", "10b01Na"]);
        listing.Utterances.ShouldAllBe(u => File.Exists(u.Path));
        listing.Foreign.ShouldBeEmpty();
        listing.Copies.ShouldBeEmpty();
    }

    [Fact]
    public void HiddenFilesAndFoldersAreIgnored()
    {
        using var folder = new TemporaryFolder();
        folder.Write("03a01Fa.wav");
        folder.Write("._03a01Fa.wav");
        folder.Write(".trash/08a02Wb.wav");
        folder.Write("__MACOSX/wav/._08a02Wb.wav");

        var listing = new Emodb().Survey(folder.Path);

        listing.Utterances.Select(u => u.Id).ShouldBe(["03a01Fa"]);
        listing.Foreign.ShouldBeEmpty();
    }

    [Fact]
    public void ForeignAudioIsCountedWithItsReason()
    {
        using var folder = new TemporaryFolder();
        folder.Write("03a01Fa.wav");
        folder.Write("03a01Fa-denoised.wav");
        folder.Write("08a01Fa.mp3");

        var foreign = new Emodb().Survey(folder.Path).Foreign;

        foreign.Count.ShouldBe(2);
        foreign[0].Reason.ShouldContain("7 characters");
        foreign[1].Reason.ShouldContain(".mp3");
    }

    [Fact]
    public void TheDoubledFolderOfRavdessCountsAsCopies()
    {
        using var folder = new TemporaryFolder();
        byte[] audio = [1, 2, 3];
        folder.Write("Actor_01/03-01-01-01-01-01-01.wav", audio);
        folder.Write("audio_speech_actors_01-24/Actor_01/03-01-01-01-01-01-01.wav", audio);

        var listing = new Ravdess().Survey(folder.Path);

        listing.Utterances.ShouldHaveSingleItem().Path.ShouldBe(Path.Combine(folder.Path, "Actor_01", "03-01-01-01-01-01-01.wav"));
        listing.Copies.ShouldHaveSingleItem().Path.ShouldContain("audio_speech_actors_01-24");
    }

    [Fact]
    public void OneIdWithTwoContentsIsAnErrorThatNamesBoth()
    {
        using var folder = new TemporaryFolder();
        var a = folder.Write("a/SM1_F10_A010.wav");
        var b = folder.Write("b/SM1_F10_A010.flac");

        var message = Should.Throw<UndertoneException>(() => new Urdu().List(folder.Path)).Message;

        message.ShouldContain(a);
        message.ShouldContain(b);
    }

    [Fact]
    public void EmodbWithoutItsRatesSaysSoAndDamagedRatesAreNamed()
    {
        using var folder = new TemporaryFolder();
        folder.Write("wav/03a01Fa.wav");
        var listing = new Emodb().Survey(folder.Path);
        listing.Utterances[0].HumanRate.ShouldBeNull();
        listing.Notes.ShouldHaveSingleItem().ShouldContain("erkennung.txt is not there");

        folder.Write("erkennung.txt", System.Text.Encoding.Latin1.GetBytes("Nr.\tSatz\terkannt\tnatuerlich\n3\u00a0\t03a01Fa.wav\t90,00\u00a0\u00a0\t75,00\n"));
        new Emodb().Survey(folder.Path).Utterances[0].HumanRate.ShouldBe(0.9);

        folder.Write("erkennung.txt", "Nr.\tSatz\terkannt\tnatuerlich\n3\t03a01Fa.wav\tmany\n"u8.ToArray());
        Should.Throw<UndertoneException>(() => new Emodb().Survey(folder.Path)).Message.ShouldContain("erkennung.txt:2: expected number, file");
    }

    [Fact]
    public void AMissingFolderIsNamed()
    {
        var message = Should.Throw<UndertoneException>(() => new Emodb().List("/no/such/emodb")).Message;
        message.ShouldContain("/no/such/emodb");
        message.ShouldContain("download");
    }

    [Fact]
    public void AFolderWithNothingOfTheCorpusSaysWhatWasExpected()
    {
        using var folder = new TemporaryFolder();
        Should.Throw<UndertoneException>(() => new Emodb().List(folder.Path)).Message.ShouldContain("no audio file");

        folder.Write("SM1_F10_A010.wav");
        var message = Should.Throw<UndertoneException>(() => new Emodb().List(folder.Path)).Message;
        message.ShouldContain("none of its 1 audio files");
        message.ShouldContain("03a01Fa.wav");
    }
}
