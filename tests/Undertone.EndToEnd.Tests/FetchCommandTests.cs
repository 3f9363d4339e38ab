using System.Diagnostics;
using System.IO.Compression;
using Undertone.Corpora;
using Undertone.Corpora.Downloads;
using Undertone.Speech;
using Undertone.Testing;

namespace Undertone.EndToEnd.Tests;

/// <summary><c>undertone corpora fetch</c> as its user meets it: a process, a server on 127.0.0.1, kill -9 and Ctrl-C.</summary>
public sealed class FetchCommandTests : IDisposable
{
    private const string EmodbPath = "download/download.zip";

    private static readonly Lazy<byte[]> Archive = new(Emodb);

    private readonly string _folder = Directory.CreateTempSubdirectory("undertone-fetch-").FullName;
    private readonly LocalServer _server = new();

    private string Part => Path.Combine(_folder, "emodb", ".fetch", "parts", "download.zip.part");

    public void Dispose()
    {
        _server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Killed_in_the_middle_it_continues_and_ends_with_the_verdict_and_the_next_command()
    {
        _server.On(EmodbPath, r => LocalAnswer.File(r, Archive.Value) with { StallAfter = r.Before == 0 ? 100_000 : null });
        using (var killed = Start("corpora", "fetch", "emodb", "--corpora", _folder, "--from", _server.Address.ToString(), "--accept"))
        {
            UntilPart(killed, 100_000);
            killed.Kill(); // SIGKILL
            killed.WaitForExit();
        }

        var (code, output, error) = Run("corpora", "fetch", "emodb", "--corpora", _folder, "--from", _server.Address.ToString(), "--accept");

        error.ShouldBeEmpty();
        code.ShouldBe(0, output);
        _server.Requests.Select(r => r.From).ShouldBe([0, 100_000]);
        output.ShouldContain("licence      Free to download");
        output.ShouldContain($"from         {_server.Address}, a mirror of emodb.bilderbar.info");
        output.ShouldContain("1 file downloaded, 0 there already. Verified:");
        output.ShouldContain("recorded at this first download (the publisher prints none)");
        output.ShouldContain("Verdict: complete.");
        output.ShouldContain($"Next:   undertone train cnn --corpus emodb --out models/emodb-cnn --corpora {_folder}");
        output.ShouldNotContain("\u001b");

        using var zip = new ZipArchive(new MemoryStream(Archive.Value));
        foreach (var entry in zip.Entries)
        {
            using var content = new MemoryStream();
            using var stream = entry.Open();
            stream.CopyTo(content);
            File.ReadAllBytes(Path.Combine(_folder, "emodb", entry.FullName)).AsSpan().SequenceEqual(content.ToArray()).ShouldBeTrue(entry.FullName);
        }

        // A second call downloads nothing and checks again.
        (code, output, _) = Run("corpora", "fetch", "emodb", "--corpora", _folder, "--from", _server.Address.ToString(), "--accept");
        code.ShouldBe(0);
        output.ShouldContain("0 files downloaded, 1 there already.");
        _server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public void Interrupted_it_says_what_continues()
    {
        _server.On(EmodbPath, r => LocalAnswer.File(r, Archive.Value) with { StallAfter = 100_000 });
        using var process = Start("corpora", "fetch", "emodb", "--corpora", _folder, "--from", _server.Address.ToString(), "--accept");
        UntilPart(process, 100_000);
        RunProcess.Signal("INT", process.Id);
        process.WaitForExit();

        process.ExitCode.ShouldBe(130);
        process.StandardError.ReadToEnd().ShouldBe(
            $"Interrupted. What was downloaded is kept; this continues:\n  undertone corpora fetch emodb --corpora {_folder} --from {_server.Address} --accept\n");
        new FileInfo(Part).Length.ShouldBe(100_000);
    }

    [Fact]
    public void Without_a_terminal_the_licence_is_accepted_by_an_option_or_not_at_all()
    {
        var (code, output, error) = Run("corpora", "fetch", "ravdess", "--to", Path.Combine(_folder, "my ravdess"), "--from", _server.Address.ToString());
        code.ShouldBe(2);
        output.ShouldContain("licence      CC BY-NC-SA 4.0");
        error.ShouldContain($"To accept it: undertone corpora fetch ravdess --to '{_folder}/my ravdess' --from {_server.Address} --accept");
        _server.Requests.ShouldBeEmpty();
        Directory.EnumerateFileSystemEntries(_folder).ShouldBeEmpty();
    }

    [Fact]
    public void A_damaged_archive_ends_with_1_and_leaves_nothing()
    {
        _server.Serve(EmodbPath, Archive.Value[..^5000]);
        var (code, _, error) = Run("corpora", "fetch", "emodb", "--corpora", _folder, "--from", _server.Address.ToString(), "--accept");
        code.ShouldBe(1);
        error.ShouldStartWith("error: download.zip is damaged");
        Directory.EnumerateFileSystemEntries(_folder).ShouldBeEmpty();
    }

    [Fact]
    public void Where_to_apply_is_said_for_the_others()
    {
        var (code, output, error) = Run("corpora", "fetch", "iemocap");
        code.ShouldBe(2);
        output.ShouldContain("https://sail.usc.edu/iemocap/iemocap_release.htm");
        output.ShouldContain("Then:   undertone corpora check iemocap");
        error.ShouldContain("Fetched are: emodb, ravdess, ravdess-song, tess, crema-d, urdu.");

        (code, output, _) = Run("corpora", "fetch", "demo");
        code.ShouldBe(0);
        output.ShouldContain("needs no download");
    }

    [Theory]
    [InlineData("did you mean 'emodb'?", "corpora", "fetch", "emod")]
    [InlineData("expected the address of a mirror", "corpora", "fetch", "emodb", "--from", "mirror")]
    [InlineData("is a table of a corpus of your own", "corpora", "fetch", "my.csv")]
    public void Mistakes_end_with_2_and_say_the_way_out(string expected, params string[] arguments)
    {
        var (code, _, error) = Run(arguments);
        code.ShouldBe(2);
        error.ShouldContain(expected);
    }

    [SmallDiskFact]
    public void A_disk_too_small_is_seen_before_anything_is_written()
    {
        using var disk = new SmallDisk();
        var large = new byte[5_000_000];
        new Random(0).NextBytes(large);
        _server.Serve(EmodbPath, large);
        var (code, _, error) = Run("corpora", "fetch", "emodb", "--corpora", disk.Folder, "--from", _server.Address.ToString(), "--accept");
        code.ShouldBe(1);
        error.ShouldContain("the rest of download.zip needs 5.0 MB");
        Directory.EnumerateFileSystemEntries(disk.Folder).ShouldBeEmpty();

        // A server that does not say how much comes.
        _server.On(EmodbPath, r => LocalAnswer.File(r, large) with { Announced = null });
        (code, _, error) = Run("corpora", "fetch", "emodb", "--corpora", disk.Folder, "--from", _server.Address.ToString(), "--accept");
        code.ShouldBe(1);
        error.ShouldContain("the disk is full. Free space there; what was downloaded is kept");
        Directory.Delete(Path.Combine(disk.Folder, "emodb"), recursive: true);

        // The archive fits, what comes out of it does not.
        _server.Serve(EmodbPath, Emodb(seconds: 0.08));
        (code, _, error) = Run("corpora", "fetch", "emodb", "--corpora", disk.Folder, "--from", _server.Address.ToString(), "--accept");
        code.ShouldBe(1);
        error.ShouldContain("to unpack download.zip needs");
        File.Exists(Path.Combine(disk.Folder, "emodb", ".fetch", "download.zip")).ShouldBeTrue();
    }

    private static byte[] Emodb() => Emodb(seconds: 0.05);

    /// <summary>An archive with as many recordings of each speaker and of each class as EMO-DB has; short tones.</summary>
    private static byte[] Emodb(double seconds)
    {
        var card = CorpusCatalog.Get("emodb").Card;
        var letters = new Dictionary<string, char>
        {
            ["anger"] = 'W',
            ["boredom"] = 'L',
            ["disgust"] = 'E',
            ["fear"] = 'A',
            ["happiness"] = 'F',
            ["neutral"] = 'N',
            ["sadness"] = 'T',
        };
        var speakers = card.SpeakerCounts!.SelectMany(s => Enumerable.Repeat(s.Key, s.Value));
        var emotions = card.Classes.SelectMany(c => Enumerable.Repeat(letters[c.Key], c.Value));
        string[] texts = ["a01", "a02", "a04", "a05", "a07", "b01", "b02", "b03", "b09", "b10"];
        var scratch = Directory.CreateTempSubdirectory("undertone-fetch-").FullName;
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (label, i) in speakers.Zip(emotions).Select((l, i) => (l, i)))
            {
                var samples = Enumerable.Range(0, (int)(seconds * Waveform.StandardRate)).Select(n => 0.5f * MathF.Sin(n * (0.05f + (0.0003f * i)))).ToArray();
                var file = Path.Combine(scratch, $"{label.First}{texts[i % 10]}{label.Second}{(char)('a' + (i / 10 % 26))}.wav");
                WaveFile.Write(file, new Waveform(samples, Waveform.StandardRate));
                zip.CreateEntryFromFile(file, $"wav/{Path.GetFileName(file)}", CompressionLevel.Fastest);
            }
        }

        Directory.Delete(scratch, recursive: true);
        return memory.ToArray();
    }

    private void UntilPart(Process process, long bytes)
    {
        var clock = Stopwatch.StartNew();
        while (new FileInfo(Part) is not { Exists: true } part || part.Length < bytes)
        {
            (process.HasExited || clock.Elapsed > TimeSpan.FromMinutes(1)).ShouldBeFalse("the download did not begin");
            Thread.Sleep(10);
        }
    }

    private Process Start(params string[] arguments)
    {
        // A shell starts background jobs with SIGINT ignored, and their children inherit that: env gives it back.
        var start = new ProcessStartInfo("env") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment["XDG_CACHE_HOME"] = Path.Combine(_folder, ".cache");
        start.Environment.Remove("UNDERTONE_CORPORA");
        start.Environment.Remove("UNDERTONE_COMMAND");
        foreach (var argument in (IEnumerable<string>)["--default-signal=INT", "dotnet", "exec", Path.Combine(AppContext.BaseDirectory, "Undertone.Cli.dll"), .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    private (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using var process = Start(arguments);
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
