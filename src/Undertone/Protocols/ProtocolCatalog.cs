using System.Collections;

namespace Undertone.Protocols;

/// <summary>A protocol of an experiment with what made it.</summary>
/// <param name="Kind">Its kind as the entry names it: <c>leave-one-speaker-out</c>, <c>ravdess-5</c>.</param>
/// <param name="Parameters">Its parameters: those of the entry, or what makes the same protocol again where one entry made several.</param>
/// <param name="Protocol">The protocol.</param>
public sealed record ProtocolEntry(string Kind, IReadOnlyDictionary<string, object?> Parameters, Protocol Protocol);

/// <summary>The protocols that an experiment file can name.</summary>
public static class ProtocolCatalog
{
    private static readonly Dictionary<string, Func<IReadOnlyDictionary<string, object?>, Protocol>> Makers = new()
    {
        ["leave-one-speaker-out"] = values => Without("leave-one-speaker-out", values, new LeaveOneSpeakerOut()),
        ["loso"] = values => Without("loso", values, new LeaveOneSpeakerOut()),
        ["leave-one-session-out"] = values => Without("leave-one-session-out", values, new LeaveOneSessionOut()),
        ["leave-speakers-out"] = LeaveSpeakersOut.From,
        ["fixed"] = FixedSpeakers.From,
        ["sentence-independent"] = SentenceIndependent.From,
        ["random-k-fold"] = RandomKFold.From,
        [RandomHoldOut.KindName] = RandomHoldOut.From,
        [AsPublished.KindName] = AsPublished.From,
        ["cross-corpus"] = CrossCorpus.From,
        ["leave-one-corpus-out"] = CrossCorpus.LeaveOneOut,
    };

    // Kinds whose entries may make several protocols, or are read from files.
    private static readonly Dictionary<string, Func<IReadOnlyDictionary<string, object?>, string?, IReadOnlyList<ProtocolEntry>>> EntryMakers = new()
    {
        ["learning-curve"] = LearningCurve.Entries,
        ["split-file"] = (values, folder) => [SplitFile.Entry(values, folder)],
    };

    /// <summary>The kinds, each with what it does and its parameters, in the order that help lists them.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Kinds { get; } =
    [
        new("leave-one-speaker-out", "one fold a speaker"),
        new("leave-one-session-out", "one fold a recording session"),
        new("leave-speakers-out", $"folds of several speakers: groups: N (and seed: 0), folds: [[03, 08], [09]] (and name: ...), or preset: {string.Join(" | ", PublishedFolds.All.Select(f => f.Name))}"),
        new("fixed", "one fold of named speakers: test: [...], and where wanted train: [...], validation: [...], name: ..."),
        new("sentence-independent", "no test sentence is trained on: folds: N (else one a sentence), speakers: N (no test speaker either), seed: 0"),
        new("cross-corpus", "train on some corpora, test on another: pairs: all (every ordered pair) | leave-one-corpus-out, or train: [emodb], test: [urdu] (and name: ...)"),
        new("learning-curve", "another protocol with a share of its training part: of: ..., shares: [5, 10, 25, 50, 100], by: utterances | speakers, seed: 0"),
        new("split-file", "folds from a file that 'undertone splits export' or another tool wrote: file: splits.csv (and name: ...)"),
        new("random-k-fold", "stratified random folds of utterances, speaker-dependent: folds: 10, seed: 0"),
        new(RandomHoldOut.KindName, "a random share of each class tested, drawn several times, speaker-dependent: test: 20, draws: 5, seed: 0"),
        new(AsPublished.KindName, "of published systems: a random hold-out of the share that each one's paper tested, speaker-dependent: draws: 5"),
    ];

    /// <summary>Every name that an entry may take: the kinds, <c>loso</c>, <c>leave-one-corpus-out</c>, and the standard folds by their own names.</summary>
    public static IReadOnlyCollection<string> Names { get; } = [.. Makers.Keys, .. EntryMakers.Keys, .. PublishedFolds.All.Select(f => f.Name)];

    /// <summary>Makes the protocol of an entry that makes one.</summary>
    /// <param name="kind">One of <see cref="Names"/>.</param>
    /// <param name="parameters">
    /// The other keys of the entry: texts, numbers, lists and mappings as a YAML reader gives them (a scalar may be
    /// text or number; the key <c>kind</c> is passed over).
    /// </param>
    /// <exception cref="UndertoneException">
    /// An unknown kind or parameter, a value that is not as expected (the message names it), or a learning curve of
    /// several shares.
    /// </exception>
    public static Protocol Create(string kind, IReadOnlyDictionary<string, object?>? parameters = null) =>
        Entries(kind, parameters ?? new Dictionary<string, object?>(), null) is [var entry]
            ? entry.Protocol
            : throw new UndertoneException($"protocol '{kind}': it has several shares, each of them a protocol of its own; expected one.");

    /// <summary>Makes the protocols of an experiment file's entry: one, or one for each share of a learning curve.</summary>
    /// <param name="kind">One of <see cref="Names"/>.</param>
    /// <param name="parameters">As for <see cref="Create"/>.</param>
    /// <param name="folder">Where files that the entry names are looked for; null for the current folder.</param>
    /// <exception cref="UndertoneException">As for <see cref="Create"/>, or a file is missing or wrong.</exception>
    public static IReadOnlyList<ProtocolEntry> Entries(string kind, IReadOnlyDictionary<string, object?> parameters, string? folder)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(parameters);
        return EntryMakers.TryGetValue(kind, out var makeEntries) ? makeEntries(parameters, folder)
            : Makers.TryGetValue(kind, out var make) ? [new ProtocolEntry(kind, parameters, make(parameters))]
            : PublishedFolds.All.Any(f => f.Name == kind) ? [new ProtocolEntry(kind, parameters, Without(kind, parameters, LeaveSpeakersOut.Preset(kind)))]
            : throw new UndertoneException($"unknown protocol '{kind}'{NearestName.Hint(kind, Names)}");
    }

    /// <summary>Makes the protocols of an entry that is a name, or a mapping with <c>kind</c> in it.</summary>
    /// <param name="entry">A text or a mapping, as a YAML reader gives it.</param>
    /// <param name="folder">Where files that the entry names are looked for; null for the current folder.</param>
    /// <exception cref="UndertoneException">As for <see cref="Create"/>, or it is neither.</exception>
    public static IReadOnlyList<ProtocolEntry> Entries(object? entry, string? folder)
    {
        switch (entry)
        {
            case string name:
                return Entries(name, new Dictionary<string, object?>(), folder);
            case IDictionary mapping:
                var values = mapping.Keys.Cast<object>().ToDictionary(k => k.ToString() ?? "", k => mapping[k]);
                return values.Remove("kind", out var kind) && kind is string text
                    ? Entries(text, values, folder)
                    : throw new UndertoneException($"the protocol has no 'kind'; expected one of: {string.Join(", ", Names)}.");
            default:
                throw new UndertoneException($"a protocol is a name or a mapping such as {{ kind: random-k-fold, folds: 5 }}; expected one of: {string.Join(", ", Names)}.");
        }
    }

    private static Protocol Without(string kind, IReadOnlyDictionary<string, object?> values, Protocol protocol)
    {
        _ = new ProtocolParameters(kind, values);
        return protocol;
    }
}
