using System.Security.Cryptography;
using Undertone.Corpora;
using Undertone.Corpora.Downloads;
using Undertone.Testing;

namespace Undertone.Tests.Corpora.Downloads;

/// <summary>Downloading from servers that break off, forget, change, stall and lie.</summary>
public sealed class DownloadTests : FetchFixture
{
    private static readonly IReadOnlyDictionary<string, byte[]> Content = ZipBuilder.Emodb();
    private static readonly byte[] Archive = ZipBuilder.Of(Content);
    private static readonly byte[] Other = ZipBuilder.Of(ZipBuilder.Emodb(take: 4));

    private static string Sum => Convert.ToHexStringLower(SHA256.HashData(Archive));

    [Fact]
    public void An_archive_is_unpacked_recorded_and_not_downloaded_twice()
    {
        Server.Serve(EmodbPath, Archive);

        var first = Fetch();
        ShouldHold(Content);
        CorpusCatalog.Get("emodb").Survey(Folder).Utterances.Select(u => u.Id).ShouldBe(["03a01Fa", "03a01Wa", "08a02Na", "16b10Tb"]);
        first.Downloaded.ShouldBe(1);
        first.Verified.ShouldHaveSingleItem().ShouldContain($"SHA-256 {Sum}, recorded at this first download");

        var second = Fetch();
        (second.Downloaded, second.Kept).ShouldBe((0, 1));
        Server.Requests.Count.ShouldBe(1);

        File.Delete(Path.Combine(Folder, "wav", "03a01Fa.wav"));
        Fetch().Verified.ShouldHaveSingleItem().ShouldContain("as recorded at the first download on");
        ShouldHold(Content);
    }

    [Fact]
    public void A_break_is_continued_where_it_was()
    {
        Server.On(EmodbPath, r => LocalAnswer.File(r, Archive) with { BreakAfter = r.Before < 2 ? 50_000 : null });

        Fetch();

        ShouldHold(Content);
        Server.Requests.Select(r => r.From).ShouldBe([0, 50_000, 100_000]);
        Server.Requests[1].Header("If-Range").ShouldBe(LocalAnswer.TagOf(Archive));
        Notices.Count.ShouldBe(2);
        Notices[0].ShouldContain("the connection failed");
    }

    [Fact]
    public void A_server_without_ranges_sends_the_whole_again()
    {
        Server.On(EmodbPath, r => new LocalAnswer(200, Archive, ("ETag", "\"same\"")) { BreakAfter = r.Before == 0 ? 50_000 : null });
        Fetch();
        ShouldHold(Content);
    }

    [Fact]
    public void Without_a_validator_a_part_is_not_continued()
    {
        Server.On(EmodbPath, r => new LocalAnswer(200, Archive) { BreakAfter = r.Before == 0 ? 50_000 : null });
        Fetch();
        ShouldHold(Content);
        Server.Requests[1].Header("Range").ShouldBeNull();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_file_that_changed_in_between_is_taken_from_its_beginning(bool minds)
    {
        Server.On(EmodbPath, r => r.Before == 0 ? LocalAnswer.File(r, Other) with { BreakAfter = 50_000 }
            : minds || r.From == 0 ? LocalAnswer.File(r, Archive)
            : new LocalAnswer(206, Archive[r.From..], ("ETag", LocalAnswer.TagOf(Archive)), ("Content-Range", $"bytes {r.From}-{Archive.Length - 1}/{Archive.Length}")));

        Fetch();

        ShouldHold(Content);
        Server.Requests[1].From.ShouldBe(50_000);
        Server.Requests.Count.ShouldBe(minds ? 2 : 3);
    }

    [Fact]
    public void A_range_that_begins_elsewhere_is_not_appended()
    {
        Server.On(EmodbPath, r => r.Before == 0 ? LocalAnswer.File(r, Archive) with { BreakAfter = 50_000 }
            : r.From == 0 ? LocalAnswer.File(r, Archive)
            : new LocalAnswer(206, Archive[10..], ("Content-Range", $"bytes 10-{Archive.Length - 1}/{Archive.Length}")));
        Fetch();
        ShouldHold(Content);
    }

    [Fact]
    public void A_length_too_long_is_given_up_and_kept()
    {
        Server.On(EmodbPath, r => LocalAnswer.File(r, Archive) with { Announced = Archive.Length + 1000 - r.From });
        Refused().Message.ShouldContain("the same command continues");
        Found().ShouldBeEmpty();
        Server.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public void A_length_too_short_is_a_damaged_archive_and_the_next_call_mends_it()
    {
        Server.On(EmodbPath, r => LocalAnswer.File(r, Archive) with { Announced = Archive.Length - 5000 });
        Refused().Message.ShouldContain("download.zip is damaged");
        Found().ShouldBeEmpty();

        Server.Serve(EmodbPath, Archive);
        Fetch();
        ShouldHold(Content);
    }

    [Fact]
    public void Without_a_length_the_end_is_the_end()
    {
        Server.On(EmodbPath, r => LocalAnswer.File(r, Archive) with { Announced = null });
        Fetch();
        ShouldHold(Content);
    }

    [Fact]
    public void The_publishers_size_counts()
    {
        Server.Serve("records/1188976/files/Audio_Speech_Actors_01-24.zip?download=1", Archive);
        var error = Refused("ravdess").Message;
        error.ShouldContain($"announces {Archive.Length} bytes");
        error.ShouldContain("208468073");
        Directory.Exists(Folder).ShouldBeFalse();
    }

    [Theory]
    [InlineData(404)]
    [InlineData(403)]
    [InlineData(410)]
    public void What_is_not_there_is_said_at_once_and_leaves_nothing(int status)
    {
        Server.On(EmodbPath, _ => LocalAnswer.Text("no", status));
        Refused().Message.ShouldContain($"the server answers {status}");
        Server.Requests.Count.ShouldBe(1);
        Directory.Exists(Folder).ShouldBeFalse();
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    public void A_server_in_trouble_is_asked_again(int status)
    {
        Server.On(EmodbPath, r => r.Before < 2 ? new LocalAnswer(status, [], ("Retry-After", "0")) : LocalAnswer.File(r, Archive));
        Fetch();
        ShouldHold(Content);
        Notices.ShouldAllBe(n => n.Contains($"{status}"));
    }

    [Fact]
    public void A_server_in_trouble_for_good_is_given_up()
    {
        Server.On(EmodbPath, _ => LocalAnswer.Text("no", 502));
        Refused().Message.ShouldContain("tried 3 times");
    }

    [Theory]
    [InlineData("3600")]
    [InlineData("Fri, 01 Jan 2100 00:00:00 GMT")]
    public void A_wait_that_is_too_long_is_said(string after)
    {
        Server.On(EmodbPath, _ => new LocalAnswer(429, [], ("Retry-After", after)));
        Refused().Message.ShouldContain("asks to wait");
        Server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public void A_server_that_falls_silent_is_asked_again()
    {
        Server.On(EmodbPath, r => LocalAnswer.File(r, Archive) with { StallAfter = r.Before == 0 ? 50_000 : null });
        Fetch(options: Options with { StallTimeout = TimeSpan.FromMilliseconds(300) });
        ShouldHold(Content);
        Notices[0].ShouldContain("the server sent nothing for 0.3 s");
        Server.Requests[^1].From.ShouldBe(50_000);
    }

    [Fact]
    public void Redirections_are_followed_but_not_for_ever()
    {
        Server.On(EmodbPath, _ => new LocalAnswer(302, [], ("Location", "/mirror/elsewhere.zip"))).Serve("elsewhere.zip", Archive);
        Fetch();
        ShouldHold(Content);

        Directory.Delete(Folder, recursive: true);
        Server.On("elsewhere.zip", _ => new LocalAnswer(302, [], ("Location", "/mirror/elsewhere.zip")));
        Refused().Message.ShouldContain("redirection without end");
    }

    [Fact]
    public void An_interruption_leaves_what_the_next_call_continues()
    {
        using var stop = new CancellationTokenSource();
        Server.On(EmodbPath, r => LocalAnswer.File(r, Archive) with { StallAfter = r.Before == 0 ? 50_000 : null });
        var part = Path.Combine(Folder, CorpusFetch.WorkFolder, "parts", "download.zip.part");
        var fetch = Task.Run(() => Fetch(cancellation: stop.Token));
        SpinWait.SpinUntil(() => new FileInfo(part) is { Exists: true, Length: 50_000 }, TimeSpan.FromSeconds(20)).ShouldBeTrue();

        Should.Throw<UndertoneException>(() => Fetch()).Message.ShouldContain("another fetch");
        stop.Cancel();
        Should.Throw<OperationCanceledException>(() => fetch.GetAwaiter().GetResult());
        Fetch();

        ShouldHold(Content);
        Server.Requests.Select(r => r.From).ShouldBe([0, 50_000]);
    }

    [Fact]
    public void Another_file_than_at_the_first_download_is_refused_with_both_checksums()
    {
        Server.Serve(EmodbPath, Archive);
        Fetch();
        File.Delete(Path.Combine(Folder, "wav", "03a01Fa.wav"));
        Server.Serve(EmodbPath, Other);

        var error = Refused().Message;
        error.ShouldContain(Sum);
        error.ShouldContain(Convert.ToHexStringLower(SHA256.HashData(Other)));
        Found().Count.ShouldBe(Content.Count - 1);

        File.Delete(Path.Combine(Folder, CorpusFetch.WorkFolder, "record.tsv"));
        Fetch();
        ShouldHold(ZipBuilder.Emodb(take: 4));
    }

    [Fact]
    public void A_folder_of_the_users_own_is_left_alone()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "mine.txt"), "mine");
        Should.Throw<UndertoneException>(() => Fetch()).Message.ShouldContain("holds files that were not fetched by Undertone");
        Directory.EnumerateFileSystemEntries(Folder).ShouldHaveSingleItem();
        Server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public void A_record_of_another_version_or_damaged_is_named_with_its_line()
    {
        Server.Serve(EmodbPath, Archive);
        Fetch();
        var record = Path.Combine(Folder, CorpusFetch.WorkFolder, "record.tsv");
        File.AppendAllText(record, "archive\tdownload.zip\tmany\n");
        Should.Throw<UndertoneException>(() => Fetch()).Message.ShouldContain($"record.tsv, line {File.ReadAllLines(record).Length}");
        File.WriteAllText(record, "undertone fetch 2\n");
        Should.Throw<UndertoneException>(() => Fetch()).Message.ShouldContain("begins with 'undertone fetch 2'; expected 'undertone fetch 1'");
    }

    [Fact]
    public void A_corpus_that_is_not_free_is_refused() =>
        Should.Throw<UndertoneException>(() => Fetch("iemocap")).Message.ShouldContain("on request");
}
