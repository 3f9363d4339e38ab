namespace Undertone.Features;

/// <summary>
/// The feature sets by name. <see cref="Default"/> holds those that ship; a program that brings sets of its own makes a
/// catalog with them: <c>new FeatureSetCatalog([.. FeatureSetCatalog.Default.All, MyOptions.Set])</c>.
/// </summary>
/// <remarks>
/// Besides the listed names, <see cref="Get"/> understands two forms: <c>mfcc-functionals</c>, statistics over the frames
/// of any frame-wise set (<see cref="FunctionalsOf"/>), and <c>egemaps+prosody</c>, sets of one frame an utterance joined
/// into one (<see cref="JoinedFeatures"/>).
/// </remarks>
public sealed class FeatureSetCatalog
{
    private readonly Dictionary<string, FeatureSet> _byName;

    /// <summary>Makes a catalog.</summary>
    /// <param name="sets">The sets, in the order that lists show.</param>
    /// <exception cref="ArgumentException">Two have the same name.</exception>
    public FeatureSetCatalog(IEnumerable<FeatureSet> sets)
    {
        All = [.. sets];
        _byName = All.ToDictionary(s => s.Name, StringComparer.Ordinal);
    }

    /// <summary>The sets that ship with Undertone: one line a set.</summary>
    public static FeatureSetCatalog Default { get; } = new(
    [
        LogMelOptions.Set,
        MfccOptions.Set,
        LfccOptions.Set,
        PlpOptions.Set,
        GammatoneOptions.Set,
        ChromaOptions.Set,
        SpectralShapeOptions.Set,
        ModulationSpectrumOptions.Set,
        SpectrogramImageOptions.Set,
        RawWaveformOptions.Set,
        ProsodyOptions.Set,
        TimbreOptions.Set,
        EGeMapsOptions.Set,
        Compare2016Options.Set,
        LogCovarianceOptions.Set,
    ]);

    /// <summary>Every listed set, in the order given.</summary>
    public IReadOnlyList<FeatureSet> All { get; }

    /// <summary>The listed sets' names, in the same order.</summary>
    public IReadOnlyList<string> Names => [.. All.Select(s => s.Name)];

    /// <summary>Finds a set.</summary>
    /// <param name="name">A listed name, <c>NAME-functionals</c> of a frame-wise set, or several of one frame joined by <c>+</c>.</param>
    /// <returns>The set, with its default settings.</returns>
    /// <exception cref="UndertoneException">There is none of that name (the message gives the nearest), or sets cannot be joined.</exception>
    public FeatureSet Get(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var parts = name.Split('+');
        if (parts.Length == 1)
        {
            return One(name);
        }

        List<FeatureSet> sets = [.. parts.Select(part => One(part.Trim()))];
        var options = new JoinedOptions { Sets = [.. sets.Select(s => s.Options)] };
        options.CreateExtractor();
        return new FeatureSet(
            string.Join('+', sets.Select(s => s.Name)),
            $"{string.Join(" and ", sets.Select(s => s.Name))}, joined into one frame.",
            string.Join("; ", sets.Select(s => s.Source).Distinct()),
            options);
    }

    private FeatureSet One(string name)
    {
        if (_byName.TryGetValue(name, out var set))
        {
            return set;
        }

        var frameWise = name.EndsWith(FunctionalsOfOptions.Suffix, StringComparison.Ordinal) ? name[..^FunctionalsOfOptions.Suffix.Length] : null;
        if (frameWise is null || !_byName.TryGetValue(frameWise, out set))
        {
            var near = NearestName.Of(name, Names) is { } nearest && frameWise is null
                ? nearest
                : NearestName.Of(name, Names.Select(n => n + FunctionalsOfOptions.Suffix));
            throw new UndertoneException(
                near is null
                    ? $"there is no feature set '{name}'; expected one of: {string.Join(", ", Names)}; NAME{FunctionalsOfOptions.Suffix} of a frame-wise set; or several of one frame an utterance joined by '+'"
                    : $"there is no feature set '{name}'; did you mean '{near}'?");
        }

        var options = new FunctionalsOfOptions { Set = set.Options };
        options.CreateExtractor();
        return new FeatureSet(name, $"Statistics over the frames of {set.Name}, one frame an utterance.", set.Source, options);
    }
}
