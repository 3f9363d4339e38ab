using System.IO.Compression;
using System.Text;
using Undertone.Corpora.Downloads;

namespace Undertone.Tests.Corpora.Downloads;

/// <summary>Archives that are damaged, lead astray or would fill the disk: nothing of them reaches any folder.</summary>
public sealed class SafeUnzipTests : FetchFixture
{
    [Theory]
    [InlineData("../evil.wav", "leads out of the folder")]
    [InlineData("wav/../../evil.wav", "leads out of the folder")]
    [InlineData("wav\\..\\..\\evil.wav", "leads out of the folder")]
    [InlineData("/tmp/evil.wav", "is an absolute path")]
    [InlineData("\\\\server\\share\\evil.wav", "is an absolute path")]
    [InlineData("C:\\evil.wav", "is an absolute path")]
    [InlineData("wav/a\u0007b.wav", "holds control characters")]
    [InlineData(".fetch/record.tsv", "would overwrite '.fetch'")]
    [InlineData("./.fetch/record.tsv", "would overwrite '.fetch'")]
    [InlineData("a/b/c/d/e/f/g/h/i/j/k/l/m.wav", "lies deeper than 12 folders")]
    public void Names_that_lead_astray_are_refused(string name, string reason) => Refuse(ZipBuilder.Named("wav/03a01Fa.wav", name), reason);

    [Fact]
    public void A_name_longer_than_file_systems_take_is_refused() => Refuse(ZipBuilder.Named(new string('a', 300) + ".wav"), "longer than 255 bytes");

    [Fact]
    public void A_name_twice_or_a_file_that_is_a_folder_is_refused()
    {
        Refuse(ZipBuilder.Named("a.wav", "a.wav"), "occurs twice");
        Refuse(ZipBuilder.Named("a.wav", "./a.wav"), "occurs twice");
        Refuse(ZipBuilder.Named("wav", "wav/a.wav"), "is a file and a folder");
    }

    [Fact]
    public void Links_and_devices_are_refused()
    {
        Refuse(ZipBuilder.Link(), "is a symbolic link");
        Refuse(ZipBuilder.Of([new("pipe", [])], change: e => e.ExternalAttributes = 0x11FF0000), "neither a file nor a folder");
    }

    [Fact]
    public void A_bomb_is_refused_before_it_grows()
    {
        Refuse(ZipBuilder.Of([new("wav/03a01Fa.wav", new byte[5_000_000])]), "to 5000000 bytes, as no recording does");
        Refuse(ZipBuilder.Of(Enumerable.Range(0, 200).Select(i => KeyValuePair.Create($"{i}.wav", new byte[900_000]))), "it would grow from");
        Refuse(ZipBuilder.Of(ZipBuilder.Emodb()), "it would grow from", Options with { Limits = new UnzipLimits { Bytes = 100_000 } });
        Refuse(ZipBuilder.Of(ZipBuilder.Emodb()), "at most 4 are taken", Options with { Limits = new UnzipLimits { Entries = 4 } });
        Refuse(ZipBuilder.Overlapping(), "entries share data");
    }

    [Theory]
    [InlineData(100)]
    [InlineData(4_999)]
    [InlineData(6_000)]
    public void A_size_that_is_not_true_is_found_out(int stated) => Refuse(ZipBuilder.Lying(stated), "wav/03a01Fa.wav");

    [Fact]
    public void Damage_is_found_and_named()
    {
        var whole = ZipBuilder.Of(ZipBuilder.Emodb(), CompressionLevel.NoCompression);
        Refuse(whole[..(whole.Length / 2)], "is damaged");
        Refuse([], "it is empty");
        Refuse(Encoding.ASCII.GetBytes("<!DOCTYPE html><title>Please log in</title>"), "it is no ZIP archive, it begins with '<!DOCTYPE html>");

        var flipped = whole.ToArray();
        flipped[5000] ^= 1;
        Refuse(flipped, "has CRC-32");
    }

    [Fact]
    public void Names_in_old_and_undeclared_encodings_are_read()
    {
        var old = CodePagesEncodingProvider.Instance.GetEncoding(437)!;
        Server.Serve(EmodbPath, ZipBuilder.Of([new("für.txt", [1])], names: old));
        Fetch();
        ShouldHold(new Dictionary<string, byte[]> { ["für.txt"] = [1] });

        // UTF-8 without the flag that says so, as many tools write it: Latin-1's characters are its bytes.
        Directory.Delete(Folder, recursive: true);
        Server.Serve(EmodbPath, ZipBuilder.Of([new(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes("غصہ.txt")), [2])], names: Encoding.Latin1));
        Fetch();
        ShouldHold(new Dictionary<string, byte[]> { ["غصہ.txt"] = [2] });

        Directory.Delete(Folder, recursive: true);
        Server.Serve(EmodbPath, ZipBuilder.Of([new("üß.txt", [3]), new("__MACOSX/._üß.txt", [4]), new(".DS_Store", [5]), new("wav\\a.txt", [6])]));
        Fetch();
        ShouldHold(new Dictionary<string, byte[]> { ["üß.txt"] = [3], ["wav/a.txt"] = [6] });
    }

    [Fact]
    public void Whatever_a_name_is_nothing_lies_outside()
    {
        var random = new Random(5);
        string[] parts = ["..", ".", "/", "\\", "a", "wav", "C:", "\0", " ", "ü", "~", "...", "\n", ".fetch", "%2e%2e", "//"];
        for (var i = 0; i < 60; i++)
        {
            var name = string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(_ => parts[random.Next(parts.Length)]));
            FetchAnything(ZipBuilder.Named(name), name.Replace('\n', '?').Replace('\0', '?'));
        }
    }

    [Fact]
    public void Whatever_the_damage_it_is_reported_and_nothing_lies_outside()
    {
        var random = new Random(6);
        var whole = ZipBuilder.Of(
            Enumerable.Range(0, 4).Select(i => KeyValuePair.Create($"wav/{i}.wav", Enumerable.Range(0, 60).Select(b => (byte)(b / 4 * i)).ToArray())),
            CompressionLevel.Optimal);
        for (var i = 0; i < 60; i++)
        {
            var damaged = whole.ToArray();
            for (var n = random.Next(1, 4); n > 0; n--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            FetchAnything(i % 10 == 0 ? damaged[..random.Next(damaged.Length)] : damaged, $"archive {i}");
        }
    }

    [Fact]
    public void Nothing_is_written_through_a_link_in_the_folder()
    {
        Server.Serve(EmodbPath, ZipBuilder.Of(ZipBuilder.Emodb()));
        var elsewhere = Directory.CreateDirectory(Path.Combine(Outside, "elsewhere")).FullName;
        Directory.CreateDirectory(Path.Combine(Folder, CorpusFetch.WorkFolder));
        Directory.CreateSymbolicLink(Path.Combine(Folder, "wav"), elsewhere);

        Should.Throw<UndertoneException>(() => Fetch()).Message.ShouldContain("is a symbolic link");
        Directory.EnumerateFileSystemEntries(elsewhere).ShouldBeEmpty();

        Directory.Delete(Path.Combine(Folder, "wav"));
        Fetch();
        ShouldHold(ZipBuilder.Emodb());
        Server.Requests.Count.ShouldBe(1);
    }

    private void FetchAnything(byte[] archive, string what)
    {
        Server.Serve(EmodbPath, archive);
        try
        {
            Fetch();
        }
        catch (DownloadException)
        {
            Directory.Exists(Folder).ShouldBeFalse(what);
        }

        Directory.EnumerateFileSystemEntries(Outside).ShouldAllBe(e => e == Folder, what);
        if (Directory.Exists(Folder))
        {
            Directory.EnumerateFileSystemEntries(Path.Combine(Folder, CorpusFetch.WorkFolder)).Select(Path.GetFileName).ShouldBe(["record.tsv"], what);
            Directory.Delete(Folder, recursive: true);
        }
    }

    private void Refuse(byte[] archive, string reason, FetchOptions? options = null)
    {
        Server.Serve(EmodbPath, archive);
        Refused(options: options).Message.ShouldContain(reason);

        // Nothing beside the corpus's folder, and nothing in it.
        Directory.EnumerateFileSystemEntries(Outside).ShouldBeEmpty();
    }
}
