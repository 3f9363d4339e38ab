using Undertone.Speech;

namespace Undertone.Features;

/// <summary>Several sets of one frame an utterance side by side in one frame: early fusion.</summary>
public sealed class JoinedFeatures : FeatureExtractor
{
    private readonly FeatureExtractor[] _sets;

    /// <summary>Makes the extractor.</summary>
    /// <param name="options">The settings.</param>
    /// <exception cref="UndertoneException">There are fewer than two sets, one is there twice, or one has many frames an utterance.</exception>
    public JoinedFeatures(JoinedOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _sets = [.. options.Sets.Select(s => s.CreateExtractor())];
        Name = string.Join('+', _sets.Select(s => s.Name));
        SettingCheck.Require(_sets.Length >= 2, "joined features", "sets", _sets.Length, "at least two");
        if (_sets.FirstOrDefault(s => !s.IsFunctionals) is { } frameWise)
        {
            throw new UndertoneException(
                $"'{frameWise.Name}' has {frameWise.Pace}; '+' joins sets of one frame an utterance. '{frameWise.Name}{FunctionalsOfOptions.Suffix}' takes statistics over its frames.");
        }

        if (_sets.GroupBy(s => s.Fingerprint).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new UndertoneException($"'{Name}' holds '{twice.First().Name}' twice; expected each set once.");
        }

        Fingerprint = $"joined/1 {string.Join(" + ", _sets.Select(s => $"({s.Fingerprint})"))}";
    }

    /// <summary>The sets, in the order of their values.</summary>
    public IReadOnlyList<FeatureExtractor> Sets => _sets;

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override string Fingerprint { get; }

    /// <inheritdoc/>
    public override int Dimensions => _sets.Sum(s => s.Dimensions);

    /// <inheritdoc/>
    public override double HopSeconds => 0;

    /// <inheritdoc/>
    public override bool IsFunctionals => true;

    /// <summary>The values of each set in turn; a name that two sets share gets its set's name before it: <c>prosody:F0_mean</c>.</summary>
    public override IReadOnlyList<FeatureDescription> Describe()
    {
        var all = _sets.SelectMany((set, i) => set.Describe().Select(value => (Set: set, Number: i, Value: value))).ToList();
        var shared = all.GroupBy(v => v.Value.Name).Where(g => g.Count() > 1).Select(g => g.Key).ToHashSet();
        var alike = _sets.Select(s => s.Name).Distinct().Count() < _sets.Length;
        return
        [
            .. all.Select(v => !shared.Contains(v.Value.Name) ? v.Value
                : v.Value with { Name = alike ? FormattableString.Invariant($"{v.Set.Name}({v.Number + 1}):{v.Value.Name}") : $"{v.Set.Name}:{v.Value.Name}" }),
        ];
    }

    /// <inheritdoc/>
    public override FeatureMatrix Extract(Waveform waveform)
    {
        var values = new float[Dimensions];
        var at = 0;
        foreach (var set in _sets)
        {
            set.Extract(waveform)[0].CopyTo(values.AsSpan(at));
            at += set.Dimensions;
        }

        return new FeatureMatrix(values, 1, values.Length);
    }
}
