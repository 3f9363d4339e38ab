namespace Undertone.Protocols;

/// <summary>The protocols that an experiment file can name.</summary>
public static class ProtocolCatalog
{
    private static readonly Dictionary<string, Func<IReadOnlyDictionary<string, object?>, Protocol>> Makers = new()
    {
        ["leave-one-speaker-out"] = values => LeaveOneSpeaker("leave-one-speaker-out", values),
        ["loso"] = values => LeaveOneSpeaker("loso", values),
        ["leave-speakers-out"] = LeaveSpeakersOut.From,
        ["ravdess-5"] = values => Published("ravdess-5", values),
        ["ravdess-6"] = values => Published("ravdess-6", values),
        ["fixed"] = FixedSpeakers.From,
        ["random-k-fold"] = RandomKFold.From,
    };

    /// <summary>The kinds, each with what it does and its parameters, in the order that help lists them.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Kinds { get; } =
    [
        new("leave-one-speaker-out", "one fold a speaker"),
        new("leave-speakers-out", "folds of several speakers: groups: N (and seed: 0), folds: [[03, 08], [09]] (and name: ...), or preset: ravdess-5 | ravdess-6"),
        new("fixed", "one fold of named speakers: test: [...], and where wanted train: [...], validation: [...], name: ..."),
        new("random-k-fold", "stratified random folds of utterances, speaker-dependent: folds: 10, seed: 0"),
    ];

    /// <summary>Every name that <see cref="Create"/> takes: the kinds, <c>loso</c>, and the published folds by their own names.</summary>
    public static IReadOnlyCollection<string> Names => Makers.Keys;

    /// <summary>Makes a protocol from an experiment file's entry.</summary>
    /// <param name="kind">One of <see cref="Names"/>.</param>
    /// <param name="parameters">
    /// The other keys of the entry: texts, numbers, lists and mappings as a YAML reader gives them (a scalar may be
    /// text or number; the key <c>kind</c> is passed over).
    /// </param>
    /// <exception cref="UndertoneException">An unknown kind or parameter, or a value that is not as expected; the message names it.</exception>
    public static Protocol Create(string kind, IReadOnlyDictionary<string, object?>? parameters = null)
    {
        ArgumentNullException.ThrowIfNull(kind);
        return Makers.TryGetValue(kind, out var make)
            ? make(parameters ?? new Dictionary<string, object?>())
            : throw new UndertoneException($"unknown protocol '{kind}'{NearestName.Hint(kind, Names)}");
    }

    private static LeaveOneSpeakerOut LeaveOneSpeaker(string kind, IReadOnlyDictionary<string, object?> values)
    {
        _ = new ProtocolParameters(kind, values);
        return new LeaveOneSpeakerOut();
    }

    private static LeaveSpeakersOut Published(string preset, IReadOnlyDictionary<string, object?> values)
    {
        _ = new ProtocolParameters(preset, values);
        return LeaveSpeakersOut.Preset(preset);
    }
}
