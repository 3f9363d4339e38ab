using System.Security.Cryptography;
using System.Text;

namespace Undertone.Protocols;

/// <summary>
/// Standard folds that ship, so that scores can be set beside others': published ones, those that a corpus's own
/// speakers or sessions make, and where nothing speaker-disjoint is published, frozen ones of Undertone's own. Each is
/// a file of <c>StandardSplits/</c> within the library, whose hash is checked when it is read.
/// </summary>
/// <param name="Name">The preset's name: <c>ravdess-5</c>.</param>
/// <param name="Corpus">The corpus that it belongs to.</param>
/// <param name="Reference">Where it was published, or how it came about.</param>
/// <param name="Folds">The test speakers of each fold, or its test sessions.</param>
public sealed record PublishedFolds(string Name, string Corpus, string Reference, IReadOnlyList<IReadOnlyList<string>> Folds)
{
    // The hash of a file is written here by hand once: a file that changes is another split and needs another name.
    private static readonly (string Name, string Sha256)[] Files =
    [
        ("ravdess-5", "4aa83ef2fabb58e980ab7ca752e0eecce6abc4c918904ad7d7aeeeec9e8bc744"),
        ("ravdess-6", "69fdc32b6b0979263f48b40128ee77672499b84afd21a525a6f386194234a812"),
        ("emodb-10", "5e946456945423e6a9b3efa4a8f5886177a746b13dd7c26a09e6212b20b22733"),
        ("savee-4", "f615d9ddfee7ef2199f4669d99ac57101efe82fd9ce40f561bec71b2d9d9b7b9"),
        ("tess-2", "864735bd0e5de9793c6d95d540c3c47658aec1c78d9757bbdf90d6f0202ac5a9"),
        ("crema-d-5", "9a27b1627234b2989bf94d327e02fe59229f6079e723da9c016a597e111d5654"),
        ("iemocap-5", "73cff6ee6985522bd51ef25f8b07eee434912d8a7509105f7fa99b91b0fe9e17"),
    ];

    /// <summary>All standard folds that ship.</summary>
    public static IReadOnlyList<PublishedFolds> All { get; } = [.. Files.Select(f => Read(f.Name, f.Sha256))];

    /// <summary>The names of the folds, one for each of <see cref="Folds"/>.</summary>
    public required IReadOnlyList<string> FoldNames { get; init; }

    /// <summary>Whether <see cref="Folds"/> lists sessions rather than speakers.</summary>
    public bool BySession { get; init; }

    /// <summary>The SHA-256 of the file, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    private static PublishedFolds Read(string name, string expected)
    {
        using var stream = typeof(PublishedFolds).Assembly.GetManifestResourceStream($"StandardSplits/{name}.csv")
            ?? throw new InvalidOperationException($"The library lacks its split file '{name}.csv'.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (hash != expected)
        {
            throw new InvalidOperationException($"The split file '{name}.csv' in the library has the hash {hash}; expected {expected}: a frozen split was changed.");
        }

        var lines = Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string Comment(string key) => lines.Single(l => l.StartsWith($"# {key}: ", StringComparison.Ordinal))[(key.Length + 4)..];
        var table = lines.Where(l => !l.StartsWith('#')).Select(l => l.Split(',')).ToList();
        var folds = table.Skip(1).GroupBy(r => r[0]).ToList();
        return new PublishedFolds(name, Comment("corpus"), Comment("reference"), [.. folds.Select(f => (IReadOnlyList<string>)[.. f.Select(r => r[1])])])
        {
            FoldNames = [.. folds.Select(f => f.Key)],
            BySession = table[0][1] == "session",
            Sha256 = hash,
        };
    }
}
