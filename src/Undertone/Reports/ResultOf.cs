using Undertone.Protocols;

namespace Undertone.Reports;

/// <summary>What classification and regression have in common: whose result it is, on what, under which badge.</summary>
/// <typeparam name="TSeed">What was reached with one seed.</typeparam>
public abstract record ResultOf<TSeed>
    where TSeed : SeedOfResult
{
    /// <summary>The columns of <see cref="Fields"/>, as a summary's header has them.</summary>
    internal const string Columns = "corpus,system,variant,protocol,badge,seed,trials,missing_trials,utterances";

    /// <summary>The corpus.</summary>
    public required string Corpus { get; init; }

    /// <summary>The system.</summary>
    public required string System { get; init; }

    /// <summary>The variant; empty where there is none.</summary>
    public required string Variant { get; init; }

    /// <summary>The protocol's short name; across corpora with the fold: <c>cross-corpus-emodb-to-urdu</c>.</summary>
    public required string Protocol { get; init; }

    /// <summary>The protocol's kind.</summary>
    public required string ProtocolKind { get; init; }

    /// <summary>The badge of every score here.</summary>
    public required Badge Badge { get; init; }

    /// <summary>The scores of each seed, by seed.</summary>
    public required IReadOnlyList<TSeed> Seeds { get; init; }

    /// <summary>Folds that another system or seed under this protocol has and a seed of this one lacks, over all seeds.</summary>
    public int MissingTrials => Seeds.Sum(s => s.MissingTrials);

    /// <summary>System and variant in one: <c>cnn-lstm · denoised</c>.</summary>
    public string Label => Variant.Length == 0 ? System : $"{System} · {Variant}";

    /// <summary>Mean and spread over seeds of one score.</summary>
    /// <param name="of">The score.</param>
    public MeanAndSpread OverSeeds(Func<TSeed, double> of) => MeanAndSpread.Of(Seeds.Select(of));

    /// <summary>The first fields of a seed's row in a summary.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="utterances">Its test rows.</param>
    internal IEnumerable<string> Fields(TSeed seed, int utterances) =>
    [
        Corpus,
        System,
        Variant,
        Protocol,
        Badge.ToString(),
        Figures.Count(seed.Seed),
        Figures.Count(seed.Trials),
        Figures.Count(seed.MissingTrials),
        Figures.Count(utterances),
    ];
}

/// <summary>A seed of a result.</summary>
public abstract record SeedOfResult
{
    /// <summary>The seed.</summary>
    public required int Seed { get; init; }

    /// <summary>The number of trials.</summary>
    public required int Trials { get; init; }

    /// <summary>Folds that another system or seed under this protocol has and this one lacks.</summary>
    public required int MissingTrials { get; init; }
}
