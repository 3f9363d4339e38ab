using Undertone.Corpora;

namespace Undertone.Tests.Corpora;

public class CorpusLocatorTests
{
    [Fact]
    public void AGivenFolderIsLookedThroughAlone()
    {
        using var folder = new TemporaryFolder();
        CorpusLocator.Places(folder.Path).ShouldHaveSingleItem().Folder.ShouldBe(folder.Path);
        CorpusLocator.TryLocate(new Emodb(), folder.Path).ShouldBeNull();

        Directory.CreateDirectory(Path.Combine(folder.Path, "EmoDB"));
        CorpusLocator.Locate(new Emodb(), folder.Path).ShouldBe(Path.Combine(folder.Path, "EmoDB"));

        Directory.CreateDirectory(Path.Combine(folder.Path, "emodb"));
        CorpusLocator.Locate(new Emodb(), folder.Path).ShouldBe(Path.Combine(folder.Path, "emodb"));
    }

    [Theory]
    [InlineData("CREMA-D", "crema-d")]
    [InlineData("CREMA_D", "crema-d")]
    [InlineData("cremad", "crema-d")]
    [InlineData("eNTERFACE05", "enterface")]
    [InlineData("eNTERFACE'05", "enterface")]
    [InlineData("LDC2002S28", "ldc-emotional-prosody")]
    [InlineData("IEMOCAP_full_release", "iemocap")]
    public void FoldersMayHaveTheNamesThatTheyOftenHave(string name, string corpus)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, name));
        CorpusLocator.TryLocate(CorpusCatalog.Get(corpus), folder.Path).ShouldBe(Path.Combine(folder.Path, name));
    }

    [Fact]
    public void WithoutOneTheFolderOfTheWorkingDirectoryComesLast() =>
        CorpusLocator.Places()[^1].Folder.ShouldBe(Path.Combine(Environment.CurrentDirectory, "corpora"));

    [Fact]
    public void AMissingCorpusSaysWhereWasLookedAndHowToGetIt()
    {
        var message = Should.Throw<UndertoneException>(() => CorpusLocator.Locate(new Ravdess(), "/no/such/place")).Message;
        message.ShouldContain("/no/such/place/ravdess");
        message.ShouldContain("no such folder");
        message.ShouldContain("1440");
        message.ShouldContain("https://");
        message.ShouldContain("UNDERTONE_CORPORA");
    }
}
