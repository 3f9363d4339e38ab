using Undertone.Corpora;

namespace Undertone.Protocols;

/// <summary>
/// One fold of named speakers, called <c>test</c>: <c>{ kind: fixed, train: [...], validation: [...], test: [...] }</c>.
/// Without <c>train</c> every speaker not named elsewhere trains; without <c>validation</c> it is drawn from the
/// training speakers. Where all three are given, other speakers are left out.
/// </summary>
public sealed class FixedSpeakers : Protocol
{
    private readonly IReadOnlyList<string>? _train;
    private readonly IReadOnlyList<string>? _validation;
    private readonly IReadOnlyList<string> _test;

    private FixedSpeakers(string name, IReadOnlyList<string>? train, IReadOnlyList<string>? validation, IReadOnlyList<string> test)
    {
        Name = name;
        _train = train;
        _validation = validation;
        _test = test;
    }

    /// <inheritdoc/>
    public override string Kind => "fixed";

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override bool ClaimsSpeakerIndependence => true;

    internal static FixedSpeakers From(IReadOnlyDictionary<string, object?> values)
    {
        var parameters = new ProtocolParameters("fixed", values, "train", "validation", "test", "name");
        var lists = new[] { "train", "validation", "test" }
            .Where(parameters.Has)
            .Select(n => KeyValuePair.Create(n, parameters.Speakers(n)!))
            .ToList();
        var test = parameters.Speakers("test")
            ?? throw new UndertoneException("protocol 'fixed': test is missing; expected a list of speakers, for example [03, 08].");
        SpeakerNames.RequireDisjoint(lists.Select(l => (l.Key, l.Value)), "protocol 'fixed'");
        return new(
            parameters.FileName("name", () => $"fixed-{ProtocolParameters.Hash(lists)}"),
            parameters.Speakers("train"),
            parameters.Speakers("validation"),
            test);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<Split> TestFolds(CorpusData corpus)
    {
        var where = $"protocol '{Name}'";
        var test = SpeakerNames.Resolve(_test, corpus, $"{where}, test");
        var validation = _validation is null ? [] : SpeakerNames.Resolve(_validation, corpus, $"{where}, validation");
        var train = _train is null
            ? [.. Voice.Of(corpus.Utterances).Select(v => v.Name).Where(s => !test.Contains(s) && !validation.Contains(s))]
            : SpeakerNames.Resolve(_train, corpus, $"{where}, train");
        SpeakerNames.RequireDisjoint([("train", train), ("validation", validation), ("test", test)], where);
        return [new("test", Part(train), Part(validation), Part(test))];

        List<Utterance> Part(IReadOnlyList<string> speakers) => [.. corpus.Utterances.Where(u => speakers.Contains(u.Speaker))];
    }
}
