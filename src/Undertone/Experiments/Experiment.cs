using System.Globalization;
using Undertone.Corpora;
using Undertone.Protocols;
using Undertone.Systems;

namespace Undertone.Experiments;

/// <summary>
/// An experiment as resolved: every name found, every default filled in. Its grid is corpora × systems × variants ×
/// protocols × folds × seeds; <see cref="TrialGrid"/> makes the trials.
/// </summary>
public sealed record Experiment
{
    /// <summary>The number of validation speakers where the file does not say.</summary>
    public const int DefaultValidationSpeakers = 2;

    /// <summary>The name, and the name of its run folder.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for, in words; may be null.</summary>
    public string? Description { get; init; }

    /// <summary>Names of the corpora.</summary>
    public required IReadOnlyList<string> Corpora { get; init; }

    /// <summary>Those of its corpora that a CSV file describes; all others are the catalog's.</summary>
    public IReadOnlyList<TableCorpus> Tables { get; init; } = [];

    /// <summary>The classes that the corpora's labels are brought to; each corpus's own unless set.</summary>
    public ExperimentLabels Labels { get; init; } = ExperimentLabels.Native;

    /// <summary>What is learned: the emotion unless set.</summary>
    public LearningTarget Target { get; init; } = LearningTarget.Emotion;

    /// <summary>The protocols.</summary>
    public required IReadOnlyList<ExperimentProtocol> Protocols { get; init; }

    /// <summary>The systems with their settings.</summary>
    public required IReadOnlyList<ExperimentSystem> Systems { get; init; }

    /// <summary>The variants; empty where every system runs with its settings as they are.</summary>
    public IReadOnlyList<ExperimentVariant> Variants { get; init; } = [];

    /// <summary>The search for hyper-parameters inside each fold's training speakers; null for none.</summary>
    public SearchPlan? Search { get; init; }

    /// <summary>The seeds.</summary>
    public IReadOnlyList<int> Seeds { get; init; } = [0];

    /// <summary>How many training speakers of each fold are held out for early stopping; 0 for none.</summary>
    public int ValidationSpeakers { get; init; } = DefaultValidationSpeakers;

    /// <summary>The folds to run; empty for all of them.</summary>
    public IReadOnlyList<string> Folds { get; init; } = [];

    /// <summary>How many worker processes; null for one a processor.</summary>
    public int? Workers { get; init; }

    /// <summary><c>auto</c>, <c>cpu</c> or <c>cuda</c>.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>Claims that the report judges; they are no part of the trials.</summary>
    public IReadOnlyList<ExperimentClaim> Claims { get; init; } = [];

    /// <summary>The file it was read from.</summary>
    public string File { get; init; } = string.Empty;

    /// <summary>Where <see cref="Target"/> is named, for errors that show only when a corpus is known; empty where it is not.</summary>
    internal string TargetLocation { get; init; } = string.Empty;

    /// <summary>Where a fold of <see cref="Folds"/> is named, for errors that show only when the corpus is known.</summary>
    internal IReadOnlyDictionary<string, string> FoldLocations { get; init; } = new Dictionary<string, string>();

    /// <summary>The rows that the grid has for each system: the variants, or the one without a name where there are none.</summary>
    public IReadOnlyList<ExperimentVariant?> VariantRows => Variants.Count == 0 ? [null] : [.. Variants];

    /// <summary>Finds one of its corpora.</summary>
    /// <param name="name">One of <see cref="Corpora"/>.</param>
    /// <exception cref="UndertoneException">It is neither a table of the experiment nor in the catalog.</exception>
    public Corpus CorpusOf(string name) => Tables.FirstOrDefault(t => t.Card.Name == name) ?? CorpusCatalog.Get(name);

    /// <summary>The protocols that a corpus is parted by, each once, with every system's own split in the place of <c>as-published</c>.</summary>
    /// <param name="corpus">One of <see cref="Corpora"/>.</param>
    /// <exception cref="UndertoneException">A system repeats no paper and is to be split as published.</exception>
    public IReadOnlyList<ExperimentProtocol> ProtocolsOn(string corpus) =>
    [
        .. (from protocol in Protocols.Where(p => p.IsFor(corpus))
            from system in Systems.Where(s => s.IsFor(corpus))
            select protocol.Of(system)).DistinctBy(p => p.Protocol.Name),
    ];

    /// <summary>The settings of a system in a variant.</summary>
    /// <param name="system">One of <see cref="Systems"/>.</param>
    /// <param name="variant">One of <see cref="Variants"/>, or null.</param>
    public static SystemSettings SettingsOf(ExperimentSystem system, ExperimentVariant? variant)
    {
        ArgumentNullException.ThrowIfNull(system);
        return variant is null
            ? system.Settings
            : variant.Overrides.Aggregate(variant.Begin(system), (settings, change) => SettingPath.Apply(settings, change.Key, change.Value));
    }
}

/// <summary>A protocol of an experiment.</summary>
/// <param name="Kind">Its kind: <c>leave-one-speaker-out</c>.</param>
/// <param name="Parameters">Its parameters as the file gives them.</param>
/// <param name="Protocol">The protocol made from them.</param>
public sealed record ExperimentProtocol(string Kind, IReadOnlyDictionary<string, object?> Parameters, Protocol Protocol)
{
    /// <summary>The corpora that it is for; empty for all.</summary>
    public IReadOnlyList<string> Corpora { get; init; } = [];

    /// <summary>The variants that it is for; empty for all.</summary>
    public IReadOnlyList<string> Variants { get; init; } = [];

    /// <summary>Whether it parts a corpus.</summary>
    /// <param name="corpus">The corpus.</param>
    public bool IsFor(string corpus) => Corpora.Count == 0 || Corpora.Contains(corpus);

    /// <summary>Whether it tests a variant.</summary>
    /// <param name="variant">One of the experiment's variants, or null.</param>
    public bool IsFor(ExperimentVariant? variant) => Variants.Count == 0 || (variant is not null && Variants.Contains(variant.Name));

    /// <summary>The protocol as a system meets it: <c>as-published</c> is the split of the system's paper, every other is itself.</summary>
    /// <param name="system">The system.</param>
    /// <exception cref="UndertoneException">The system repeats no paper, or its card does not say how it was split.</exception>
    public ExperimentProtocol Of(ExperimentSystem system)
    {
        ArgumentNullException.ThrowIfNull(system);
        if (Protocol is not AsPublished published)
        {
            return this;
        }

        if (system.System.Paper?.Split is not { } split)
        {
            throw new UndertoneException(
                $"protocol '{Kind}': the system '{system.System.Name}' {(system.System.Paper is null ? "repeats no paper" : "has a card that does not say how its paper split")}; "
                + $"expected a published system ('undertone systems list'), or the split itself: {{ kind: {RandomHoldOut.KindName}, test: {RandomHoldOut.DefaultTest} }}.");
        }

        var parameters = new Dictionary<string, object?>
        {
            ["test"] = split.TestPercent.ToString(CultureInfo.InvariantCulture),
            ["draws"] = published.Draws.ToString(CultureInfo.InvariantCulture),
        };
        return this with { Kind = RandomHoldOut.KindName, Parameters = parameters, Protocol = new RandomHoldOut(split.TestPercent, published.Draws) };
    }
}

/// <summary>A system of an experiment.</summary>
/// <param name="Label">Its name in trials and tables: the alias, or the system's own name.</param>
/// <param name="System">The system.</param>
/// <param name="Settings">Its settings, the experiment's overrides applied, a variant's not.</param>
public sealed record ExperimentSystem(string Label, EmotionSystem System, SystemSettings Settings)
{
    /// <summary>The corpora that it is run on; empty for all.</summary>
    public IReadOnlyList<string> Corpora { get; init; } = [];

    /// <summary>Whether it is run on a corpus.</summary>
    /// <param name="corpus">The corpus.</param>
    public bool IsFor(string corpus) => Corpora.Count == 0 || Corpora.Contains(corpus);
}

/// <summary>A variant: changes to the settings of every system, under a name.</summary>
/// <param name="Name">Its name in trials and tables.</param>
/// <param name="Overrides">Paths and values in the order in which they apply.</param>
public sealed record ExperimentVariant(string Name, IReadOnlyList<KeyValuePair<string, object?>> Overrides)
{
    /// <summary>Whether published systems begin with the settings that were tuned here (<see cref="PaperCard.Tuned"/>) in place of the printed ones.</summary>
    public bool Tuned { get; init; }

    /// <summary>The settings that the overrides are applied to.</summary>
    /// <param name="system">A system of the experiment.</param>
    internal SystemSettings Begin(ExperimentSystem system) => Tuned && system.System.Paper is { } paper ? paper.Tune(system.Settings) : system.Settings;
}
