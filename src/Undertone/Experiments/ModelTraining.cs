using Undertone.Corpora;
using Undertone.Evaluation;
using Undertone.Features;
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

    /// <summary>The corpus.</summary>
    public required CorpusData Corpus { get; init; }

    /// <summary>Speakers that the score is measured on; 0 trains on all and leaves the score unmeasured.</summary>
    public int TestSpeakers { get; init; } = 2;

    /// <summary>The seed of every random choice.</summary>
    public int Seed { get; init; }

    /// <summary><c>auto</c>, <c>cpu</c> or <c>cuda</c>.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>Where computed features are kept.</summary>
    public FeatureCache Features { get; init; } = NoCache;

    /// <summary>Called after each epoch; may be null.</summary>
    public Action<EpochRecord>? OnEpoch { get; init; }

    /// <summary>Ends training early.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Trains and writes the model's folder: weights, settings, and a card in words.</summary>
    /// <param name="folder">A folder that does not exist yet; it appears whole or not at all.</param>
    /// <returns>The model's head, as written.</returns>
    /// <exception cref="UndertoneException">The folder exists, or the corpus cannot train this system.</exception>
    public ModelDescription WriteTo(string folder)
    {
        if (Directory.Exists(folder) || File.Exists(folder))
        {
            throw new UndertoneException($"'{folder}' exists already. Give --out a new folder, or remove this one.");
        }

        var split = ChooseSplit();
        var audit = LeakageAudit.Of([split], Trial.IsAdapted(Settings));
        using var model = System.Train(new TrainingRequest
        {
            Settings = Settings,
            Task = TrainingTask.Classification(Corpus.Classes),
            Train = split.Train,
            Validation = split.Validation,
            Features = Features,
            Seed = Seed,
            Device = Device,
            OnEpoch = OnEpoch,
            Cancellation = Cancellation,
        });
        var uar = split.Test.Count == 0 ? (double?)null : Score(model, split.Test);
        var target = Path.GetFullPath(folder);
        var partial = $"{target}.partial-{Environment.ProcessId}";
        Directory.CreateDirectory(partial);
        try
        {
            model.Save(partial);
            var description = ModelDescription.Read(partial) with { Origin = Origin(split, uar, audit.Badge.ToString()) };
            description.Write(partial);
            File.WriteAllText(Path.Combine(partial, ModelCard.FileName), ModelCard.Write(description, Corpus.Card));
            Directory.Move(partial, target);
            return description;
        }
        catch
        {
            Directory.Delete(partial, recursive: true);
            throw;
        }
    }

    private Split ChooseSplit()
    {
        var validation = new ValidationOptions();
        if (TestSpeakers == 0)
        {
            // One group is held out to stop training; nothing is tested.
            var speakers = Corpus.Utterances.Select(u => u.Speaker).Distinct().Count();
            var parts = LeaveSpeakersOut.Groups(Math.Max(2, speakers / validation.Speakers), Seed).Splits(Corpus, new ValidationOptions { Speakers = 0 }, Seed)[0];
            return parts with { Validation = parts.Test, Test = [] };
        }

        var all = Corpus.Utterances.Select(u => u.Speaker).Distinct().Count();
        if (TestSpeakers < 0 || TestSpeakers + validation.Speakers >= all)
        {
            throw new UndertoneException(
                $"--test-speakers {TestSpeakers}: the corpus '{Corpus.Card.Name}' has {all} speakers, of which {validation.Speakers} stop the training early; expected 0 to {Math.Max(0, all - validation.Speakers - 1)}.");
        }

        return LeaveSpeakersOut.Groups(Math.Max(2, all / TestSpeakers), Seed).Splits(Corpus, validation, Seed)[0];
    }

    private double Score(TrainedSystem model, IReadOnlyList<Utterance> test)
    {
        var rows = model.Predict(test, Features);
        return ClassificationScores.From([.. test.Select((u, i) => PredictionRow.Of(u, Corpus.Classes, rows[i]))], Corpus.Classes).Uar;
    }

    private ModelOrigin Origin(Split split, double? uar, string badge) => new()
    {
        Corpus = Corpus.Card.Name,
        CorpusFingerprint = Corpus.Fingerprint,
        Licence = Corpus.Card.Licence,
        Language = Corpus.Card.Language,
        RecordingType = Corpus.Card.RecordingType,
        Utterances = split.Train.Count,
        Speakers = Names(split.Train).Count,
        ValidationSpeakers = Names(split.Validation),
        TestSpeakers = Names(split.Test),
        Uar = uar,
        Badge = badge,
        Seed = Seed,
        Undertone = typeof(ModelTraining).Assembly.GetName().Version?.ToString(3) ?? "unknown",
    };

    private static List<string> Names(IReadOnlyList<Utterance> part) =>
        [.. part.Select(u => u.Speaker).Distinct().Order(StringComparer.Ordinal)];
}
