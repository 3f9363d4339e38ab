using Undertone.Corpora;
using Undertone.Models.SupportVectors;
using Undertone.Speech;

namespace Undertone.Cli.Doctor;

/// <summary>The libraries that read audio, and the corpora.</summary>
internal static class LibraryExamination
{
    /// <summary>libsvm.</summary>
    public static Finding Classifiers() => Version("libsvm", "libsvm3", () => SupportVectorMachine.LibraryVersion);

    /// <summary>libsndfile and libsoxr.</summary>
    public static IEnumerable<Finding> Audio()
    {
        yield return Version("libsndfile", "libsndfile1", () => AudioFile.SoundFileVersion);
        yield return Version("libsoxr", "libsoxr0", () => AudioFile.SoxrVersion);
    }

    /// <summary>The folders that are searched for corpora, and what lies in them, judged by file names alone.</summary>
    /// <param name="corpora">The value of <c>--corpora</c>, or null.</param>
    public static IEnumerable<Finding> Corpora(string? corpora)
    {
        foreach (var (folder, because) in CorpusLocator.Places(corpora))
        {
            var exists = Directory.Exists(folder);
            var found = $"{folder} ({because}){(exists ? "" : ": no such folder")}";
            yield return exists || because == "./corpora"
                ? Finding.Ok("corpora", found)
                : Finding.Warning("corpora", found, $"name the folder that holds the corpora's folders: --corpora DIR or {CorpusLocator.Variable}");
        }

        var absent = new List<string>();
        foreach (var corpus in CorpusCatalog.All)
        {
            if (CorpusLocator.TryLocate(corpus, corpora) is { } folder)
            {
                yield return Corpus(corpus, folder);
            }
            else
            {
                absent.Add(corpus.Card.Name);
            }
        }

        if (absent.Count > 0)
        {
            yield return Finding.Ok("corpora", $"not found: {string.Join(", ", absent)} ('undertone corpora describe NAME' says how to get one)");
        }
    }

    private static Finding Corpus(Corpus corpus, string folder)
    {
        var card = corpus.Card;
        var what = $"corpus {card.Name}";
        if (!Directory.Exists(folder))
        {
            return Finding.Ok(what, $"made when it is first used, in {folder}");
        }

        var mend = $"undertone corpora check {card.Name}";
        try
        {
            var count = corpus.List(folder).Count;
            return count == card.Utterances
                ? Finding.Ok(what, $"{count} utterances in {folder}")
                : Finding.Warning(what, $"{count} utterances of {card.Utterances} in {folder}", mend);
        }
        catch (UndertoneException e)
        {
            return Finding.Warning(what, e.Message, mend);
        }
    }

    private static Finding Version(string library, string package, Func<string> version)
    {
        try
        {
            return Finding.Ok(library, version());
        }
        catch (Exception e) when (e is UndertoneException or DllNotFoundException or EntryPointNotFoundException)
        {
            return Finding.Missing(library, e.Message, $"sudo apt-get install {package}");
        }
    }
}
