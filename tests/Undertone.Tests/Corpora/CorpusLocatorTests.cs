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
