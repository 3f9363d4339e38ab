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

    /// <summary>The settings of a system in a variant.</summary>
    /// <param name="system">One of <see cref="Systems"/>.</param>
    /// <param name="variant">One of <see cref="Variants"/>, or null.</param>
    public static SystemSettings SettingsOf(ExperimentSystem system, ExperimentVariant? variant)
    {
        ArgumentNullException.ThrowIfNull(system);
        return variant is null
            ? system.Settings
            : variant.Overrides.Aggregate(system.Settings, (settings, change) => SettingPath.Apply(settings, change.Key, change.Value));
    }
}

/// <summary>A protocol of an experiment.</summary>
/// <param name="Kind">Its kind: <c>leave-one-speaker-out</c>.</param>
/// <param name="Parameters">Its parameters as the file gives them.</param>
/// <param name="Protocol">The protocol made from them.</param>
public sealed record ExperimentProtocol(string Kind, IReadOnlyDictionary<string, object?> Parameters, Protocol Protocol);

/// <summary>A system of an experiment.</summary>
/// <param name="Label">Its name in trials and tables: the alias, or the system's own name.</param>
/// <param name="System">The system.</param>
/// <param name="Settings">Its settings, the experiment's overrides applied, a variant's not.</param>
public sealed record ExperimentSystem(string Label, EmotionSystem System, SystemSettings Settings);

/// <summary>A variant: changes to the settings of every system, under a name.</summary>
/// <param name="Name">Its name in trials and tables.</param>
/// <param name="Overrides">Paths and values in the order in which they apply.</param>
public sealed record ExperimentVariant(string Name, IReadOnlyList<KeyValuePair<string, object?>> Overrides);
