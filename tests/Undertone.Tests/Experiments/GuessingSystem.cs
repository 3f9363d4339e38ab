using System.Text.Json.Serialization;
using Undertone.Corpora;
using Undertone.Features;
using Undertone.Speech;
using Undertone.Systems;
using Undertone.Training;

namespace Undertone.Tests.Experiments;

/// <summary>A whole system that hears nothing: it learns how frequent classes are and guesses, so that runs can be tested without audio.</summary>
internal sealed class GuessingSystem(string name = "guess", PaperCard? paper = null) : EmotionSystem
{
    public override string Name => name;

    public override string Summary => "Guesses.";

    public override string Citation => "none";

    public override PaperCard? Paper => paper;

    public override SystemSettings Defaults { get; } = new GuessingSettings();

    /// <summary>What it was asked to fit, in order.</summary>
    public List<TrainingRequest> Requests { get; } = [];

    public override void Require(SystemSettings settings, TrainingTask task, string corpus, IReadOnlyList<Utterance> utterances)
    {
        if (name != "guess-values")
        {
            base.Require(settings, task, corpus, utterances);
        }
    }

    public override TrainedSystem Train(TrainingRequest request)
    {
        lock (Requests)
        {
            Requests.Add(request);
        }

        var settings = (GuessingSettings)request.Settings;
        if (settings.Failure.Length > 0)
        {
            throw new UndertoneException(settings.Failure);
        }

        var history = new List<EpochRecord>();
        for (var epoch = 1; epoch <= settings.Training.Epochs; epoch++)
        {
            history.Add(new EpochRecord(epoch, 1.0 / epoch, double.NaN, request.Task.IsRegression ? double.NaN : 0.5, 0.1 * epoch)
            {
                ValidationCcc = request.Task.IsRegression ? 0.25 : double.NaN,
            });
            request.OnEpoch?.Invoke(history[^1]);
        }

        return new Guesser(request, history);
    }

    public override TrainedSystem Load(string folder) => throw new UndertoneException("nothing was saved");

    private sealed class Guesser(TrainingRequest request, IReadOnlyList<EpochRecord> history) : TrainedSystem
    {
        public override IReadOnlyList<string> Classes => request.Classes;

        public override SystemSettings Settings => request.Settings;

        public override IReadOnlyList<EpochRecord> History => history;

        public override float[][] Predict(IReadOnlyList<Utterance> utterances, FeatureCache features) =>
        [
            .. utterances.Select(u => request.Task.IsRegression
                ? Values(SeededRandom.From(request.Seed, u.Id), DimensionColumns.ValuesOf(u, request.Task.Targets))
                : Guess(SeededRandom.From(request.Seed, u.Id), u.Emotion)),
        ];

        public override float[][] Predict(IReadOnlyList<Waveform> waveforms) => [.. waveforms.Select(w => Guess(SeededRandom.From(request.Seed, "waveform")))];

        public override void Save(string folder) => Directory.CreateDirectory(folder);

        private float[] Values(SeededRandom random, double[] truth)
        {
            var insight = ((GuessingSettings)request.Settings).Insight;
            return [.. truth.Select(t => (float)((insight * t) + random.NextGaussian()))];
        }

        private float[] Guess(SeededRandom random, string? hint = null)
        {
            var insight = ((GuessingSettings)request.Settings).Insight;
            var weights = request.Classes.Select(c => (float)((random.NextDouble() * request.Train.Count(u => u.Emotion == c)) + (c == hint ? insight : 0))).ToArray();
            return [.. weights.Select(w => w / weights.Sum())];
        }
    }
}

/// <summary>Settings with every kind of value.</summary>
internal sealed record GuessingSettings : SystemSettings
{
    public GuessingTraining Training { get; init; } = new();

    public IReadOnlyList<int> Channels { get; init; } = [16, 32];

    public GuessingDenoise? Denoise { get; init; }

    /// <summary>What is added to the weight of the true class: the more, the better it guesses.</summary>
    public double Insight { get; init; }

    public string Failure { get; init; } = "";

    [JsonIgnore]
    public override string FeatureFingerprint => "guess/1";

    public int Doubled => Training.Epochs * 2;
}

internal sealed record GuessingTraining : IValidatedSettings
{
    public int Epochs { get; init; } = 3;

    public double LearningRate { get; init; } = 0.001;

    public float Dropout { get; init; } = 0.1f;

    public bool Shuffle { get; init; } = true;

    public double? ClipNorm { get; init; } = 5;

    public IEnumerable<string> Problems()
    {
        if (Epochs < 1)
        {
            yield return $"epochs must be at least 1, but is {Epochs}";
        }
    }
}

internal sealed record GuessingDenoise
{
    public DenoiseKind Kind { get; init; }
}

internal enum DenoiseKind
{
    SpectralGate,
    Wiener,
}
