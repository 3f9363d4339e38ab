using System.CommandLine;
using Undertone.Cli.Progress;
using Undertone.Corpora;
using Undertone.Features.Tables;

namespace Undertone.Cli.Commands;

/// <summary>The recordings that <c>undertone features</c> works on: those of a corpus, or files.</summary>
internal sealed class FeatureSources
{
    private FeatureSources(IReadOnlyList<FeatureSource> sources, IReadOnlyList<string> labels, bool isCorpus) =>
        (All, Labels, IsCorpus) = (sources, labels, isCorpus);

    public IReadOnlyList<FeatureSource> All { get; }

    /// <summary>What is known of each recording: of a corpus speaker and emotion.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>Whether the recordings are a corpus's.</summary>
    public bool IsCorpus { get; }

    public static Option<string?> CorpusOption() => new("--corpus")
    {
        Description = "The corpus, or a CSV file that describes one of your own.",
        HelpName = "NAME",
    };

    public static Option<int?> WorkersOption() => new("--workers") { Description = "Threads; otherwise one a processor.", HelpName = "N" };

    /// <summary>The number of threads that was asked for.</summary>
    public static int Workers(int? asked) => asked is null or >= 1
        ? asked ?? Environment.ProcessorCount
        : throw new UndertoneException($"--workers {asked}: expected a whole number of at least 1.");

    /// <summary>A corpus's utterances, with a warning of those that cannot be read.</summary>
    public static FeatureSources Of(string corpus, string? corpora, CancellationToken cancellation)
    {
        var found = CorpusLocator.Find(corpus);
        var folder = CorpusLocator.Locate(found, corpora);
        found.Prepare(folder);
        var data = CorpusReader.Read(found, folder, CacheFolder.Default, Console.IsOutputRedirected ? null : new ReadingLine(), cancellation);
        CorporaOpening.Warn(data);
        return new FeatureSources(
            [.. data.Utterances.Select(u => new FeatureSource(u.Id, $"{u.Corpus}\n{u.Id}\n{u.AudioHash}", u.ReadAudio) { Labels = [u.Speaker, u.Emotion] })],
            ["speaker", "emotion"],
            isCorpus: true);
    }

    /// <summary>Files, folders and patterns; what is named twice counts once.</summary>
    public static FeatureSources Of(IReadOnlyList<string> arguments) =>
        new([.. AudioArguments.Expand(arguments).DistinctBy(Path.GetFullPath).Select(FeatureSource.File)], [], isCorpus: false);
}
