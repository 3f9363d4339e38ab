using Undertone.Corpora;

namespace Undertone.Protocols;

/// <summary>
/// Speakers are left out in groups: <c>groups: N</c> parts them into N groups balanced by gender, <c>folds</c> names
/// the groups, and <c>preset</c> takes <see cref="PublishedFolds"/>. With <c>folds</c>, a speaker who is in none of
/// them trains in every fold and is never tested.
/// </summary>
public sealed class LeaveSpeakersOut : Protocol
{
    private readonly int _groups;
    private readonly int _seed;
    private readonly PublishedFolds? _preset;
    private readonly IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> _folds = [];

    private LeaveSpeakersOut(string name) => Name = name;

    private LeaveSpeakersOut(string name, int groups, int seed)
        : this(name)
    {
        _groups = groups;
        _seed = seed;
    }

    private LeaveSpeakersOut(string name, IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> folds, PublishedFolds? preset)
        : this(name)
    {
        _folds = folds;
        _preset = preset;
    }

    /// <inheritdoc/>
    public override string Kind => "leave-speakers-out";

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override bool ClaimsSpeakerIndependence => true;

    /// <summary>Random groups.</summary>
    /// <param name="groups">How many, at least 2.</param>
    /// <param name="seed">Chooses the groups; it is not the trial's seed, so that all trials share their folds.</param>
    public static LeaveSpeakersOut Groups(int groups, int seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 2);
        return new(seed == 0 ? $"speaker-groups-{groups}" : $"speaker-groups-{groups}-s{seed}", groups, seed);
    }

    /// <summary>Published folds.</summary>
    /// <param name="preset">A name of <see cref="PublishedFolds.All"/>.</param>
    /// <exception cref="UndertoneException">There is no such preset.</exception>
    public static LeaveSpeakersOut Preset(string preset)
    {
        var found = PublishedFolds.All.FirstOrDefault(p => p.Name == preset)
            ?? throw new UndertoneException($"protocol 'leave-speakers-out': unknown preset '{preset}'{NearestName.Hint(preset, PublishedFolds.All.Select(p => p.Name))}");
        return new(found.Name, [.. found.FoldNames.Zip(found.Folds, KeyValuePair.Create)], found);
    }

    internal static LeaveSpeakersOut From(IReadOnlyDictionary<string, object?> values)
    {
        const string kind = "leave-speakers-out";
        var parameters = new ProtocolParameters(kind, values, "groups", "folds", "preset", "seed", "name");
        string[] given = [.. new[] { "groups", "folds", "preset" }.Where(parameters.Has)];
        if (given.Length != 1)
        {
            throw new UndertoneException(
                $"protocol '{kind}': {(given.Length == 0 ? "none of groups, folds and preset is given" : $"{string.Join(" and ", given)} are given together")}; "
                + $"expected one of groups: N, folds: [[...], ...], preset: {string.Join(" | ", PublishedFolds.All.Select(p => p.Name))}.");
        }

        foreach (var name in new[] { "seed", "name" }.Where(n => parameters.Has(n) && n != (given[0] == "groups" ? "seed" : "name")))
        {
            throw new UndertoneException($"protocol '{kind}': {name} has no use beside {given[0]}; leave it out.");
        }

        switch (given[0])
        {
            case "groups":
                return Groups(parameters.Whole("groups", null, 2), parameters.Whole("seed", 0, 0));
            case "preset":
                if (parameters.Has("name"))
                {
                    throw new UndertoneException($"protocol '{kind}': name has no use beside preset; leave it out.");
                }

                return Preset(parameters.Text("preset", "a preset's name") ?? "");
            default:
                var folds = parameters.SpeakerLists("folds");
                SpeakerNames.RequireDisjoint(folds.Select(f => (f.Key, f.Value)), $"protocol '{kind}', folds");
                return new(parameters.FileName("name", () => $"speaker-folds-{folds.Count}-{ProtocolParameters.Hash(folds)}"), folds, null);
        }
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<Split> TestFolds(CorpusData corpus) => _groups > 0 ? GroupFolds(corpus) : NamedFolds(corpus);

    private List<Split> NamedFolds(CorpusData corpus)
    {
        var where = $"protocol '{Name}'";
        if (_preset is not null && !SpeakerNames.SameCorpus(_preset.Corpus, corpus.Card.Name))
        {
            throw new UndertoneException($"{where} belongs to the corpus '{_preset.Corpus}', not to '{corpus.Card.Name}'; give that corpus its own folds.");
        }

        if (_preset is { BySession: true })
        {
            RequireAll(where, corpus, u => u.Session, "session", "these folds are of sessions");
            return [.. _folds.Select(f => SessionFold(f.Key, corpus, SpeakerNames.ResolveSessions(f.Value, corpus, $"{where}, fold '{f.Key}'")))];
        }

        var resolved = _folds.Select(f => (List: f.Key, Speakers: SpeakerNames.Resolve(f.Value, corpus, $"{where}, fold '{f.Key}'"))).ToList();
        SpeakerNames.RequireDisjoint(resolved, where);
        var names = FoldNames.From([.. resolved.Select(f => f.List)]);
        return [.. resolved.Select((f, i) => SpeakerFold(names[i], corpus, f.Speakers.ToHashSet()))];
    }

    private static Split SessionFold(string name, CorpusData corpus, IReadOnlySet<string> test) => new(
        name,
        [.. corpus.Utterances.Where(u => !test.Contains(u.Session!))],
        [],
        [.. corpus.Utterances.Where(u => test.Contains(u.Session!))]);

    private List<Split> GroupFolds(CorpusData corpus)
    {
        var voices = Voice.Of(corpus.Utterances);
        if (voices.Count < _groups)
        {
            throw new UndertoneException(
                $"protocol '{Name}' on corpus '{corpus.Card.Name}': {_groups} groups, but {Count(voices.Count, "speaker")}; expected at most {voices.Count} groups.");
        }

        var groups = Voice.Deal(voices, _groups, _seed);
        return [.. groups.Select((g, i) => SpeakerFold(FoldNames.Number(i, _groups), corpus, g))];
    }
}
