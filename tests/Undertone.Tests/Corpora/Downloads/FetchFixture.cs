using Undertone.Corpora;
using Undertone.Corpora.Downloads;

namespace Undertone.Tests.Corpora.Downloads;

/// <summary>A server that stands for the publisher, and a folder to fetch into.</summary>
public abstract class FetchFixture : IDisposable
{
    protected const string EmodbPath = "download/download.zip";

    private readonly TemporaryFolder _folder = new();

    private protected Testing.LocalServer Server { get; } = new();

    private protected string Folder => Path.Combine(_folder.Path, "copy");

    private protected string Outside => _folder.Path;

    private protected List<string> Notices { get; } = [];

    private protected FetchOptions Options => new()
    {
        From = Server.Address,
        Retries = 2,
        RetryDelay = TimeSpan.FromMilliseconds(1),
        StallTimeout = TimeSpan.FromSeconds(20),
    };

    public void Dispose()
    {
        Server.Dispose();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected FetchOutcome Fetch(string corpus = "emodb", FetchOptions? options = null, CancellationToken cancellation = default) =>
        CorpusFetch.RunAsync(CorpusCatalog.Get(corpus), Folder, options ?? Options, notice: Note, cancellation: cancellation).GetAwaiter().GetResult();

    private protected DownloadException Refused(string corpus = "emodb", FetchOptions? options = null) => Should.Throw<DownloadException>(() => Fetch(corpus, options));

    /// <summary>What lies in the corpus's folder, without the folder of partial files and records.</summary>
    private protected IReadOnlyDictionary<string, byte[]> Found() => !Directory.Exists(Folder)
        ? new Dictionary<string, byte[]>()
        : Directory.EnumerateFiles(Folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Select(f => Path.GetRelativePath(Folder, f))
            .Where(f => !f.StartsWith(CorpusFetch.WorkFolder, StringComparison.Ordinal))
            .ToDictionary(f => f, f => File.ReadAllBytes(Path.Combine(Folder, f)));

    private protected void ShouldHold(IReadOnlyDictionary<string, byte[]> expected)
    {
        var found = Found();
        found.Keys.ShouldBe(expected.Keys, ignoreOrder: true);
        foreach (var (name, content) in expected)
        {
            found[name].AsSpan().SequenceEqual(content).ShouldBeTrue(name);
        }
    }

    private void Note(string notice)
    {
        lock (Notices)
        {
            Notices.Add(notice);
        }
    }
}
