using Undertone.Corpora;
using Undertone.Evaluation.Regression;
using Undertone.Features;
using Undertone.Models.Pretraining;
using Undertone.Preprocessing.InputChecks;
using Undertone.Protocols;
using Undertone.Systems;
using Undertone.Training;

namespace Undertone.Experiments;

/// <summary>
/// Trains one model to be used: on all speakers of a corpus but a few. Two of the others stop the training early, two
/// are heard by nothing and tell what the model is worth.
/// </summary>
public sealed record ModelTraining
{
    private static readonly FeatureCache NoCache = new(null);

    /// <summary>The system.</summary>
    public required EmotionSystem System { get; init; }

    /// <summary>Its settings.</summary>
    public required SystemSettings Settings { get; init; }

    /// <summary>The corpus, its target applied (<see cref="LearningTarget.Apply"/>) where it is not the emotion.</summary>
    public required CorpusData Corpus { get; init; }

    /// <summary>Speakers that the score is measured on; 0 trains on all and leaves the score unmeasured.</summary>
    public int TestSpeakers { get; init; } = 2;

    /// <summary>A page of docs/results that says what the same system with the same settings is worth, for the card; null for none.</summary>
    public string? Results { get; init; }

    /// <summary>The seed of every random choice.</summary>
    public int Seed { get; init; }

    /// <summary><c>auto</c>, <c>cpu</c> or <c>cuda</c>.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>Where computed features are kept.</summary>
    public FeatureCache Features { get; init; } = NoCache;

    /// <summary>Called after each epoch; may be null.</summary>
    public Action<EpochRecord>? OnEpoch { get; init; }

    /// <summary>Called after each epoch of pre-training without labels; may be null.</summary>
    public Action<PretrainingEpoch>? OnPretraining { get; init; }

    /// <summary>Ends training early.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Trains and writes the model's folder: weights, settings, and a card in words.</summary>
    /// <param name="folder">A folder that does not exist yet; it appears whole or not at all.</param>
    /// <returns>The model's head, as written.</returns>
    /// <exception cref="UndertoneException">The folder exists or cannot be made, or the corpus cannot train this system.</exception>
    /// <exception cref="RunStoppedException">The disk is full.</exception>
    public ModelDescription WriteTo(string folder)
    {
        if (Directory.Exists(folder) || File.Exists(folder))
        {
            throw new UndertoneException($"'{folder}' exists already. Give --out a new folder, or remove this one.");
        }

        var task = TrainingTask.Of(Corpus);
        System.Require(Settings, task, Corpus.Card.Name, Corpus.Utterances);
        var split = ChooseSplit();
        var target = Path.GetFullPath(folder);
        var partial = $"{target}.partial-{Environment.ProcessId}";
        RequireRoom(folder, partial);
        try
        {
            var description = TrainInto(partial, task, split);
            Directory.Move(partial, target);
            return description;
        }
        catch (IOException e) when (FullDisk.Explains(e, partial))
        {
            Directory.Delete(partial, recursive: true);
            throw new RunStoppedException($"{folder}: the disk became full while the model was written, and the model is lost. Free space, then train it again.", e);
        }
        catch
        {
            Directory.Delete(partial, recursive: true);
            throw;
        }
    }

    /// <summary>Tries before the training what is needed after it: the folder beside the model's, with room in it.</summary>
    private static void RequireRoom(string folder, string partial)
    {
        try
        {
            Directory.CreateDirectory(partial);
            RunFolder.WriteWhole(Path.Combine(partial, ModelCard.FileName), new string(' ', 1 << 12));
        }
        catch (IOException e) when (FullDisk.Explains(e, partial))
        {
            if (Directory.Exists(partial))
            {
                Directory.Delete(partial, recursive: true);
            }

            throw new RunStoppedException($"{folder}: the disk is full, so no model could be written there. Free space, or choose another place with --out.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UndertoneException($"{folder}: a model's folder cannot be made here ({e.Message.TrimEnd('.')}). Make the place writable, or choose another with --out.", e);
        }
    }

    private ModelDescription TrainInto(string partial, TrainingTask task, Split split)
    {
        var audit = LeakageAudit.Of([split], Trial.IsAdapted(Settings));
        using var model = System.Train(new TrainingRequest
        {
            Settings = Settings,
            Task = task,
            Train = split.Train,
            Validation = split.Validation,
            Features = Features,
            Seed = Seed,
            Device = Device,
            OnEpoch = OnEpoch,
            OnPretraining = OnPretraining,
            Cancellation = Cancellation,
        });
        // Where there are answers of a first training, the validation speakers were trained on in a second one.
        var heard = model.Validated is null ? split.Train : [.. split.Train, .. split.Validation];
        float[][] answers = split.Test.Count == 0 ? [] : model.Predict(split.Test, Features);
        model.Save(partial);
        var description = ModelDescription.Read(partial) with
        {
            Origin = Measured(Origin(split, heard, audit.Badge.ToString()), task, split.Test, answers),
            Inputs = InputCheck.RangesOf(heard.Select(u => u.ReadAudio())),
            Files = ModelDescription.Hashes(partial),
        };
        description.Write(partial);
        File.WriteAllText(Path.Combine(partial, ModelCard.FileName), ModelCard.Write(description, Corpus.Card, Results));
        return description;
    }

    private Split ChooseSplit()
    {
        var validation = new ValidationOptions();
        var speakers = Corpus.Utterances.Select(u => u.Speaker).Distinct().Count();
        if (speakers < 2)
        {
            throw new UndertoneException($"the corpus '{Corpus.Card.Name}' has one speaker; training needs at least two, because one stops it early. Is the copy whole? 'undertone corpora check {Corpus.Card.CommandName}' says.");
        }

        if (TestSpeakers == 0)
        {
            // One group is held out to stop training; nothing is tested.
            var parts = LeaveSpeakersOut.Groups(Math.Max(2, speakers / validation.Speakers), Seed).Splits(Corpus, new ValidationOptions { Speakers = 0 }, Seed)[0];
            return parts with { Validation = parts.Test, Test = [] };
        }

        if (TestSpeakers < 0 || TestSpeakers + validation.Speakers >= speakers)
        {
            throw new UndertoneException(
                $"--test-speakers {TestSpeakers}: the corpus '{Corpus.Card.Name}' has {speakers} speakers, of whom {validation.Speakers} stop the training early; expected {(speakers - validation.Speakers > 1 ? $"0 to {speakers - validation.Speakers - 1}" : "0")}.");
        }

        return LeaveSpeakersOut.Groups(Math.Max(2, speakers / TestSpeakers), Seed).Splits(Corpus, validation, Seed)[0];
    }

    private static ModelOrigin Measured(ModelOrigin origin, TrainingTask task, IReadOnlyList<Utterance> test, float[][] answers)
    {
        if (test.Count == 0)
        {
            return origin;
        }

        return task.IsRegression
            ? origin with
            {
                Ccc = RegressionScores.From([.. test.Select((u, i) => RegressionRow.Of(u, task.Targets, answers[i]))], task.Targets)
                    .Targets.ToDictionary(t => t.Target, t => t.Ccc),
            }
            : origin with { Uar = TaskScore.Of(task, [.. test.Zip(answers)]) };
    }

    private ModelOrigin Origin(Split split, IReadOnlyList<Utterance> heard, string badge) => new()
    {
        Corpus = Corpus.Card.Name,
        CorpusFingerprint = Corpus.Fingerprint,
        Licence = Corpus.Card.Licence,
        Language = Corpus.Card.Language,
        RecordingType = Corpus.Card.RecordingType,
        Labels = Corpus.Labels?.Scheme,
        Utterances = heard.Count,
        Speakers = Names(heard).Count,
        ValidationSpeakers = Names(split.Validation),
        Refitted = heard.Count > split.Train.Count,
        TestSpeakers = Names(split.Test),
        Target = Corpus.Target is { Target.IsRegression: false } target ? target.Target.ToString() : null,
        Badge = badge,
        Seed = Seed,
        Undertone = typeof(ModelTraining).Assembly.GetName().Version?.ToString(3) ?? "unknown",
    };

    private static List<string> Names(IReadOnlyList<Utterance> part) =>
        [.. part.Select(u => u.Speaker).Distinct().Order(StringComparer.Ordinal)];
}
