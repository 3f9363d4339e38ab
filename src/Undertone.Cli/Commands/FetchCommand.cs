using System.CommandLine;
using System.Runtime.InteropServices;
using Undertone.Cli.Progress;
using Undertone.Corpora;
using Undertone.Corpora.Downloads;

namespace Undertone.Cli.Commands;

/// <summary><c>undertone corpora fetch NAME</c>: a corpus that is free to download, from its publisher.</summary>
internal static class FetchCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="corpora">The option that names the folder of the corpora.</param>
    public static Command Create(Option<string?> corpora)
    {
        var free = CorpusCatalog.All.Where(c => c.Download is not null).Select(c => c.Card.Name);
        var name = new Argument<string>("NAME") { Description = $"The corpus: {string.Join(", ", free)}. For any other it is said where to apply." };
        var to = new Option<string?>("--to") { Description = "The corpus's own folder (else a folder of its name in the corpora folder).", HelpName = "DIR" };
        var accept = new Option<bool>("--accept") { Description = "Accept the licence that is shown, without being asked." };
        var from = new Option<string?>("--from")
        {
            Description = "A mirror of your own: takes the place of https://host in every address; path and query remain as at the publisher.",
            HelpName = "URL",
        };
        var command = new Command("fetch", "Downloads a corpus that is free to download; the same command continues an interrupted download.") { name, to, corpora, accept, from };
        command.SetAction(parsed => new FetchCall
        {
            Corpus = Find(parsed.GetValue(name)!),
            To = parsed.GetValue(to),
            Corpora = parsed.GetValue(corpora),
            Accepted = parsed.GetValue(accept),
            From = parsed.GetValue(from),
        }.Run());
        return command;
    }

    private static Corpus Find(string name) => !name.EndsWith(TableCorpus.Extension, StringComparison.OrdinalIgnoreCase)
        ? CorpusCatalog.Get(name)
        : throw new UndertoneException($"'{name}' is a table of a corpus of your own: its audio is where you put it. To look through it: {Invocation.Line(["corpora", "check", name])}");
}

/// <summary>One call of <c>undertone corpora fetch</c>.</summary>
internal sealed class FetchCall
{
    public required Corpus Corpus { get; init; }

    public required string? To { get; init; }

    public required string? Corpora { get; init; }

    public required bool Accepted { get; init; }

    public required string? From { get; init; }

    private string Name => Corpus.Card.Name;

    public int Run()
    {
        if (Corpus.Download is not { } download)
        {
            return SayWhereToApply();
        }

        var options = new FetchOptions { From = Mirror() };
        var folder = Folder();
        ShowTerms(download, folder);
        if (!CorpusFetch.MayFetchInto(folder))
        {
            throw new UndertoneException(
                $"'{folder}' holds files that were not fetched by Undertone; nothing was changed. Whether they are the corpus says: {Invocation.Line(["corpora", "check", Name, "--path", folder])}. "
                + "To fetch it all the same, name another folder with --to DIR.");
        }

        Ask();
        if (!Fetch(folder, options))
        {
            return ErrorReporting.Interrupted;
        }

        Console.WriteLine();
        var outcome = CorporaCommand.Check(Corpus, folder, null);
        Console.WriteLine(outcome == ErrorReporting.Done
            ? $"Next:   {Next(folder)}"
            : "What the publisher offers was fetched whole and verified; the verdict says how it differs from the corpus's card.");
        return outcome;
    }

    private int SayWhereToApply()
    {
        var card = Corpus.Card;
        if (Corpus.OwnFolder is { } own)
        {
            Console.WriteLine($"{card.Title} needs no download: it is made in {own} when it is first used.");
            return ErrorReporting.Done;
        }

        Console.WriteLine($"{card.Title}");
        Console.WriteLine();
        CorporaCommand.Field("licence", card.Licence);
        CorporaCommand.Field("access", card.Access);
        CorporaCommand.Field("homepage", card.Homepage ?? "none");
        Console.WriteLine();
        Console.WriteLine($"Then:   {Invocation.Line(["corpora", "check", Name])}");
        Console.Error.WriteLine($"error: '{Name}' is not fetched: its publisher gives it to those who apply or take it by hand, as said above. Fetched are: {string.Join(", ", CorpusCatalog.All.Where(c => c.Download is not null).Select(c => c.Card.Name))}.");
        return ErrorReporting.Mistake;
    }

    private Uri? Mirror()
    {
        if (From is null)
        {
            return null;
        }

        return Uri.TryCreate(From, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.Query.Length == 0
            ? address
            : throw new UndertoneException($"--from '{From}': expected the address of a mirror, such as https://mirror.example/corpora.");
    }

    // A copy that is there already under another name of the corpus is continued, not doubled.
    private string Folder()
    {
        if (To is not null)
        {
            return Path.GetFullPath(To);
        }

        var there = CorpusLocator.TryLocate(Corpus, Corpora);
        return there ?? Path.Combine(CorpusLocator.Places(Corpora)[0].Folder, Name);
    }

    private void ShowTerms(CorpusDownload download, string folder)
    {
        var card = Corpus.Card;
        Console.WriteLine(card.Title);
        Console.WriteLine();
        CorporaCommand.Field("licence", card.Licence);
        CorporaCommand.Field("cite", card.Reference);
        CorporaCommand.Field("homepage", card.Homepage ?? "none");
        CorporaCommand.Field("from", From is null ? download.Place : $"{From}, a mirror of {download.Place}");
        CorporaCommand.Field("verified", download.Verification);
        CorporaCommand.Field("into", folder);
        Console.WriteLine();
    }

    private void Ask()
    {
        if (Accepted)
        {
            return;
        }

        if (!Console.IsInputRedirected && !Console.IsOutputRedirected)
        {
            Console.Write("Do you accept this licence, and will you use the corpus under it? [y/N] ");
            if (Console.ReadLine()?.Trim().ToLowerInvariant() is "y" or "yes")
            {
                return;
            }
        }

        throw new UndertoneException($"The licence of '{Name}' must be accepted before it is downloaded. To accept it: {ThisCommand()}");
    }

    private bool Fetch(string folder, FetchOptions options)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var end = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
        using var line = new FetchLine();
        try
        {
            var outcome = CorpusFetch.RunAsync(Corpus, folder, options, line, line.Say, stop.Token).GetAwaiter().GetResult();
            line.Dispose();
            Console.WriteLine($"{Figures.Count(outcome.Downloaded, "file")} downloaded, {outcome.Kept} there already. Verified:");
            foreach (var how in outcome.Verified)
            {
                Console.WriteLine($"  {how}");
            }

            return true;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            line.Dispose();
            Console.Error.WriteLine("Interrupted. What was downloaded is kept; this continues:");
            Console.Error.WriteLine($"  {ThisCommand()}");
            return false;
        }

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }
    }

    private string ThisCommand()
    {
        var arguments = new List<string> { "corpora", "fetch", Name };
        foreach (var (option, value) in new[] { ("--to", To), ("--corpora", Corpora), ("--from", From) })
        {
            if (value is not null)
            {
                arguments.AddRange([option, value]);
            }
        }

        return Invocation.Line([.. arguments, "--accept"]);
    }

    private string Next(string folder)
    {
        var train = new List<string> { "train", "cnn", "--corpus", Name, "--out", $"models/{Name}-cnn" };
        if (CorpusLocator.TryLocate(Corpus) == folder)
        {
            return Invocation.Line(train);
        }

        // Elsewhere a corpus is found below a folder that is named, by its own name alone.
        return CorpusLocator.TryLocate(Corpus, Path.GetDirectoryName(folder)) == folder
            ? Invocation.Line([.. train, "--corpora", Path.GetDirectoryName(folder)!])
            : $"give the folder the name '{Name}', so that --corpora {Path.GetDirectoryName(folder)} finds it";
    }
}
