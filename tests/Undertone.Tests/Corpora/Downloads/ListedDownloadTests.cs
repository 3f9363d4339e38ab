using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Undertone.Corpora;
using Undertone.Corpora.Downloads;
using Undertone.Testing;

namespace Undertone.Tests.Corpora.Downloads;

/// <summary>Corpora whose publisher offers single files with a list: GitHub's trees, with and without Git LFS, and Dataverse.</summary>
public sealed class ListedDownloadTests : FetchFixture
{
    private const string Tess = "api/datasets/:persistentId/versions/:latest-published/files?persistentId=doi:10.5683/SP2/E8H2MF";

    private static readonly IReadOnlyDictionary<string, byte[]> Voices = ZipBuilder.Emodb().Where(f => f.Key.EndsWith(".wav", StringComparison.Ordinal)).ToDictionary(f => f.Key, f => f.Value);

    private static byte[] Voice(int i) => Voices.Values.ElementAt(i);

    // Expected names are those of Git itself (git hash-object --stdin), of "hello\n" and of the pointer that Git LFS makes of it.
    [Theory]
    [InlineData("ce013625030ba8dba906f756967f9e9ca394464a")]
    [InlineData("fa61e1ef71c9908c0926776a4aa3504b3a27f159")]
    public void Git_names_are_those_of_git(string name)
    {
        Directory.CreateDirectory(Folder);
        var file = Path.Combine(Folder, "hello.txt");
        File.WriteAllText(file, "hello\n");
        new Checksum(ChecksumKind.GitBlob, name).Of(file).Value.ShouldBe(name);
        new Checksum(ChecksumKind.GitBlob, new string('0', 40)).Of(file).Value.ShouldBe("ce013625030ba8dba906f756967f9e9ca394464a");
    }

    [Fact]
    public void Urdu_comes_from_its_repository_file_by_file()
    {
        var names = new[] { "Angry/SM1_F10_A010.wav", "Happy/SF1_F1_H01.wav", "Neutral/SM2_F1_N01.wav", "Sad/SM3_F1_S01.wav" };
        var tree = new Dictionary<string, string>();
        foreach (var (name, i) in names.Select((n, i) => (n, i)))
        {
            tree[$"t{i}"] = Tree(Blob(Path.GetFileName(name), GitName(Voice(i)), Voice(i).Length), """{"path":"other.txt","mode":"120000","type":"blob","sha":"00","size":3}""");
            Server.Serve($"siddiquelatif/URDU-Dataset/master/{name}", Voice(i));
        }

        tree["master"] = Tree([.. names.Select((n, i) => $$"""{"path":"{{Path.GetDirectoryName(n)}}","mode":"040000","type":"tree","sha":"t{{i}}"}"""), Blob("README.md", "00", 10)]);
        foreach (var (sha, text) in tree)
        {
            Server.On($"repos/siddiquelatif/URDU-Dataset/git/trees/{sha}", _ => LocalAnswer.Text(text));
        }

        var first = Fetch("urdu");
        ShouldHold(names.Select((n, i) => (n, i)).ToDictionary(n => n.n, n => Voice(n.i)));
        CorpusCatalog.Get("urdu").Survey(Folder).Utterances.Count.ShouldBe(4);
        first.Downloaded.ShouldBe(4);
        first.Verified.ShouldBe(["4 of 4 files by the checksum that the publisher lists (Git object name)"]);

        // One is damaged on the disk, one is gone: only these are had again.
        File.WriteAllBytes(Path.Combine(Folder, names[0]), new byte[Voice(0).Length]);
        File.Delete(Path.Combine(Folder, names[1]));
        var again = Fetch("urdu");
        (again.Downloaded, again.Kept).ShouldBe((2, 2));
        ShouldHold(names.Select((n, i) => (n, i)).ToDictionary(n => n.n, n => Voice(n.i)));

        File.Delete(Path.Combine(Folder, names[1]));
        Server.Serve($"siddiquelatif/URDU-Dataset/master/{names[1]}", new byte[Voice(1).Length]);
        var error = Refused("urdu").Message;
        error.ShouldContain($"expected Git object name {GitName(Voice(1))}, received {GitName(new byte[Voice(1).Length])}");
        Found().Count.ShouldBe(3);
    }

    [Fact]
    public void CremaD_comes_from_git_lfs_with_its_tables()
    {
        const string Repository = "CheyneyComputerScience/CREMA-D";
        var pointer = Encoding.ASCII.GetBytes($"version https://git-lfs.github.com/spec/v1\noid sha256:{Convert.ToHexStringLower(SHA256.HashData(Voice(0)))}\nsize {Voice(0).Length}\n");
        var people = Encoding.ASCII.GetBytes("ActorID,Age,Sex,Race,Ethnicity\n1001,51,Male,Caucasian,Not Hispanic\n");
        var votes = Encoding.ASCII.GetBytes("\"\",\"A\",\"D\",\"F\",\"H\",\"N\",\"S\",\"fileName\"\n100001,9,0,0,0,1,0,1001_DFA_ANG_XX\n");
        Server.On($"repos/{Repository}/git/trees/master", _ => LocalAnswer.Text(Tree(
                """{"path":"AudioWAV","mode":"040000","type":"tree","sha":"aa"}""",
                """{"path":"processedResults","mode":"040000","type":"tree","sha":"bb"}""",
                Blob("VideoDemographics.csv", GitName(people), people.Length))))
            .On($"repos/{Repository}/git/trees/aa", _ => LocalAnswer.Text(Tree(Blob("1001_DFA_ANG_XX.wav", GitName(pointer), pointer.Length))))
            .On($"repos/{Repository}/git/trees/bb", _ => LocalAnswer.Text(Tree(Blob("tabulatedVotes.csv", GitName(votes), votes.Length), Blob("summaryTable.csv", "00", 1))))
            .Serve($"media/{Repository}/master/AudioWAV/1001_DFA_ANG_XX.wav", Voice(0))
            .Serve($"{Repository}/master/VideoDemographics.csv", people)
            .Serve($"{Repository}/master/processedResults/tabulatedVotes.csv", votes);

        Fetch("crema-d");

        var utterance = CorpusCatalog.Get("crema-d").Survey(Folder).Utterances.ShouldHaveSingleItem();
        (utterance.Gender, utterance.Age, utterance.HumanRate).ShouldBe(("male", 51, 0.9));
        File.ReadAllBytes(utterance.Path).AsSpan().SequenceEqual(Voice(0)).ShouldBeTrue();

        // The media server gave the pointer itself, or another recording.
        File.Delete(utterance.Path);
        Server.Serve($"media/{Repository}/master/AudioWAV/1001_DFA_ANG_XX.wav", Voice(1));
        Refused("crema-d").Message.ShouldContain("not the publisher's file");
    }

    [Fact]
    public void Tess_comes_from_Dataverse_with_its_md5()
    {
        Server.On(Tess, _ => LocalAnswer.Text(Dataverse(
                Entry("OAF_back_angry.wav", 1, Voice(0)), Entry("YAF_dog_sad.wav", 2, Voice(1)), Entry("readme.pdf", 3, [1]))))
            .Serve("api/access/datafile/1", Voice(0))
            .On("api/access/datafile/2", r => LocalAnswer.File(r, Voice(1)) with { BreakAfter = r.Before == 0 ? 20_000 : null });

        Fetch("tess").Verified.ShouldBe(["2 of 2 files by the checksum that the publisher lists (MD5)"]);

        ShouldHold(new Dictionary<string, byte[]> { ["OAF_back_angry.wav"] = Voice(0), ["YAF_dog_sad.wav"] = Voice(1) });
        Server.Requests.Select(r => r.From).Order().ShouldBe([0, 0, 0, 20_000]);
    }

    [Fact]
    public void A_continued_file_that_does_not_fit_together_is_had_once_more()
    {
        // The first part is of another file, but the server's tag does not say so.
        var wrong = new byte[Voice(0).Length];
        Server.On(Tess, _ => LocalAnswer.Text(Dataverse(Entry("OAF_back_angry.wav", 1, Voice(0)))))
            .On("api/access/datafile/1", r => r.Before == 0
                ? new LocalAnswer(200, wrong) { BreakAfter = 20_000 }
                : r.From > 0 ? new LocalAnswer(206, Voice(0)[r.From..], ("Content-Range", $"bytes {r.From}-{wrong.Length - 1}/{wrong.Length}")) : new LocalAnswer(200, Voice(0)));
        Fetch("tess");
        ShouldHold(new Dictionary<string, byte[]> { ["OAF_back_angry.wav"] = Voice(0) });
        Server.Requests.Select(r => r.From).ShouldBe([0, 0, 20_000, 0]);
    }

    [Theory]
    [InlineData("../../evil.wav", "leads out of the folder")]
    [InlineData("/etc/evil.wav", "is an absolute path")]
    public void A_list_that_leads_out_of_the_folder_is_refused(string name, string reason)
    {
        Server.On(Tess, _ => LocalAnswer.Text(Dataverse(Entry(name, 1, Voice(0))))).Serve("api/access/datafile/1", Voice(0));
        Refused("tess").Message.ShouldContain(reason);
        Directory.EnumerateFileSystemEntries(Outside).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("<html>log in</html>", "no list of files (JSON)")]
    [InlineData("""{"status":"OK"}""", "not as expected (a Dataverse list of files)")]
    [InlineData("""{"data":[]}""", "not as expected (a list with .wav files)")]
    [InlineData("""{"data":[{"label":"a.wav","dataFile":{"id":"x","filesize":1}}]}""", "not as expected (a Dataverse list of files)")]
    public void A_list_that_is_none_is_refused(string answer, string reason)
    {
        Server.On(Tess, _ => LocalAnswer.Text(answer));
        Refused("tess").Message.ShouldContain(reason);
    }

    [Fact]
    public void GitHubs_limit_is_waited_for_or_said()
    {
        Server.On("repos/siddiquelatif/URDU-Dataset/git/trees/master", _ => new LocalAnswer(403, [], ("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "4102444800")));
        Refused("urdu").Message.ShouldContain("too much was asked from this address and asks to wait");

        Server.On("repos/siddiquelatif/URDU-Dataset/git/trees/master", _ => LocalAnswer.Text("""{"tree":[],"truncated":true}"""));
        Refused("urdu").Message.ShouldContain("this one is cut off");
        Server.On("repos/siddiquelatif/URDU-Dataset/git/trees/master", _ => LocalAnswer.Text("""{"tree":[]}"""));
        Refused("urdu").Message.ShouldContain("has no 'Angry' any more");
    }

    private static string Tree(params string[] entries) => $$"""{"sha":"x","tree":[{{string.Join(',', entries)}}],"truncated":false}""";

    private static string Blob(string path, string sha, int size) => $$"""{"path":"{{path}}","mode":"100644","type":"blob","sha":"{{sha}}","size":{{size}}}""";

    private static string Dataverse(params object[] entries) => JsonSerializer.Serialize(new { status = "OK", data = entries });

    private static object Entry(string name, int id, byte[] content) => new
    {
        label = name,
        restricted = false,
        dataFile = new { id, filename = name, filesize = content.Length, checksum = new { type = "MD5", value = Convert.ToHexStringLower(MD5.HashData(content)) } },
    };

    private static string GitName(byte[] content) => Convert.ToHexStringLower(SHA1.HashData([.. Encoding.ASCII.GetBytes($"blob {content.Length}\0"), .. content]));
}
