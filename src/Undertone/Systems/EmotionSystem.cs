using Undertone.Corpora;
using Undertone.Features;
using Undertone.Models.Pretraining;
using Undertone.Training;

namespace Undertone.Systems;

/// <summary>A system: everything from features to classifier, in one file. <c>SystemCatalog</c> lists them.</summary>
public abstract class EmotionSystem
{
    /// <summary>The system's name, and its file's in Pascal case: <c>cnn-lstm</c> is <c>CnnLstm.cs</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What it is, in one sentence.</summary>
    public abstract string Summary { get; }

    /// <summary>Where the method comes from.</summary>
    public abstract string Citation { get; }

    /// <summary>What the paper says that the system repeats; null for a system of our own.</summary>
    public virtual PaperCard? Paper => null;

    /// <summary>The settings as they are unless an experiment overrides them.</summary>
    public abstract SystemSettings Defaults { get; }

    /// <summary>Refuses what the system cannot learn, before anything is trained.</summary>
    /// <param name="settings">The system's settings.</param>
    /// <param name="task">What is to be learned.</param>
    /// <param name="corpus">The name of the corpus, for errors.</param>
    /// <param name="utterances">Utterances of it that may be trained on.</param>
    /// <exception cref="UndertoneException">It cannot; the message says why and what can.</exception>
    public virtual void Require(SystemSettings settings, TrainingTask task, string corpus, IReadOnlyList<Utterance> utterances)
    {
        ArgumentNullException.ThrowIfNull(task);
        if (task.IsRegression)
        {
            throw new UndertoneException($"the system '{Name}' tells classes apart and cannot learn the values of {string.Join(", ", task.Targets)}; choose a deep system such as cnn, or target: emotion.");
        }
    }

    /// <summary>Fits the system on one fold.</summary>
    /// <param name="request">The data, settings and seed.</param>
    /// <returns>The fitted model; the caller disposes it.</returns>
    /// <exception cref="UndertoneException">The data cannot train this system; the message says why.</exception>
    public abstract TrainedSystem Train(TrainingRequest request);

    /// <summary>Reads a model that <see cref="TrainedSystem.Save"/> wrote.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <exception cref="UndertoneException">A file is missing, damaged or of another version.</exception>
    public abstract TrainedSystem Load(string folder);
}

/// <summary>What a system is fitted on.</summary>
public sealed record TrainingRequest
{
    /// <summary>The system's settings, of the type of its <see cref="EmotionSystem.Defaults"/>.</summary>
    public required SystemSettings Settings { get; init; }

    /// <summary>What is to be learned.</summary>
    public required TrainingTask Task { get; init; }

    /// <summary>The classes, in output order; empty in a regression.</summary>
    public IReadOnlyList<string> Classes => Task.Classes;

    /// <summary>Training utterances.</summary>
    public required IReadOnlyList<Utterance> Train { get; init; }

    /// <summary>Validation utterances, for early stopping; may be empty.</summary>
    public required IReadOnlyList<Utterance> Validation { get; init; }

    /// <summary>Where computed features are kept.</summary>
    public required FeatureCache Features { get; init; }

    /// <summary>The seed of every random choice.</summary>
    public required int Seed { get; init; }

    /// <summary><c>auto</c>, <c>cpu</c> or <c>cuda</c>.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>Called after each epoch; may be null.</summary>
    public Action<EpochRecord>? OnEpoch { get; init; }

    /// <summary>Called after each epoch of a network's pre-training without labels; may be null.</summary>
    public Action<PretrainingEpoch>? OnPretraining { get; init; }

    /// <summary>Ends training early.</summary>
    public CancellationToken Cancellation { get; init; }
}

/// <summary>A fitted system.</summary>
public abstract class TrainedSystem : IDisposable
{
    /// <summary>What was learned.</summary>
    public virtual TrainingTask Task => TrainingTask.Classification(Classes);

    /// <summary>The classes, in output order; empty in a regression.</summary>
    public abstract IReadOnlyList<string> Classes { get; }

    /// <summary>The settings it was fitted with.</summary>
    public abstract SystemSettings Settings { get; }

    /// <summary>The training history, one row an epoch; empty where the system does not train in epochs.</summary>
    public abstract IReadOnlyList<EpochRecord> History { get; }

    /// <summary>What it costs to keep and to use; null where that is not counted.</summary>
    public virtual ModelCost? Cost => null;

    /// <summary>
    /// What was predicted of the validation utterances by a model that had not heard them, N rows as <see cref="Predict(IReadOnlyList{Utterance}, FeatureCache)"/> gives them;
    /// null where this model itself has not heard them and can be asked.
    /// </summary>
    public virtual float[][]? Validated => null;

    /// <summary>
    /// Predicts utterances. Under <see cref="Normalisation.Corpus"/> a corpus that was not trained on has the statistics of
    /// its utterances given here. Under <see cref="Normalisation.Speaker"/> so has a speaker who was not heard in training,
    /// so all of a speaker's utterances are to be given at once.
    /// </summary>
    /// <param name="utterances">N utterances.</param>
    /// <param name="features">Where computed features are kept.</param>
    /// <returns>N rows of C probabilities, or in a regression of the targets' values on the corpus's own scale, in the order given.</returns>
    public abstract float[][] Predict(IReadOnlyList<Utterance> utterances, FeatureCache features);

    /// <summary>Predicts audio that is not of a corpus. Under <see cref="Normalisation.Speaker"/> all of it is taken as one speaker's.</summary>
    /// <param name="waveforms">N waveforms, mono, 16 kHz.</param>
    /// <returns>N rows of C probabilities, or of the targets' values.</returns>
    public abstract float[][] Predict(IReadOnlyList<Speech.Waveform> waveforms);

    /// <summary>Writes weights and settings into a folder, for <see cref="EmotionSystem.Load"/>.</summary>
    /// <param name="folder">An existing folder.</param>
    public abstract void Save(string folder);

    /// <inheritdoc/>
    public virtual void Dispose() => GC.SuppressFinalize(this);
}
