using System.Globalization;
using Undertone.Corpora;
using Undertone.Features;
using Undertone.Models;
using Undertone.Speech;
using Undertone.Training;

namespace Undertone.Systems.Traditional;

/// <summary>
/// What all traditional systems share: features in, a classifier fitted on them, probabilities out. It serves
/// functionals (one frame an utterance) and sequences of frames alike, and none of it loads libtorch.
/// </summary>
/// <typeparam name="TSettings">The system's settings.</typeparam>
public abstract class TraditionalSystem<TSettings> : EmotionSystem
    where TSettings : TraditionalSettings, new()
{
    private const string WeightsFile = "model.safetensors";
    private const string ScalerText = "scaler";
    private const string ClassifierName = "classifier";

    /// <inheritdoc/>
    public override SystemSettings Defaults => new TSettings();

    /// <summary>Fits the classifier.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="data">Normalised features and labels of the fold's training speakers.</param>
    /// <exception cref="UndertoneException">The data cannot be learned; the message says why.</exception>
    public abstract IFittedClassifier Fit(TSettings settings, ClassifierData data);

    /// <summary>Reads the classifier that <see cref="IFittedClassifier.Write"/> kept.</summary>
    /// <param name="settings">The settings it was fitted with.</param>
    /// <param name="arrays">What was kept.</param>
    /// <param name="classes">The number of classes.</param>
    /// <exception cref="UndertoneException">An array is missing or of another shape.</exception>
    public abstract IFittedClassifier Read(TSettings settings, ModelArrays arrays, int classes);

    /// <summary>
    /// Playback speeds at which each training utterance is heard besides its own (<see cref="Augmentation.SpeedPerturbation"/>);
    /// none unless a system has such a setting.
    /// </summary>
    /// <param name="settings">The settings.</param>
    protected virtual IReadOnlyList<double> Speeds(TSettings settings) => [];

    /// <inheritdoc/>
    public override TrainedSystem Train(TrainingRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var settings = (TSettings)request.Settings;
        var first = Fit(request, settings, request.Train);
        if (!settings.Refit || request.Validation.Count == 0)
        {
            return first;
        }

        var validated = first.Predict(request.Validation, request.Features);
        return Fit(request, settings, [.. request.Train, .. request.Validation]).WithValidated(validated);
    }

    /// <inheritdoc/>
    public override TrainedSystem Load(string folder)
    {
        var description = ModelDescription.Read(folder);
        if (description.System != Name)
        {
            throw new UndertoneException($"The model in '{folder}' is of the system '{description.System}', not '{Name}'.");
        }

        TSettings settings;
        try
        {
            settings = SettingsJson.Read(new TSettings(), description.Settings);
        }
        catch (UndertoneException error)
        {
            throw new UndertoneException($"The settings in '{Path.Combine(folder, ModelDescription.FileName)}' do not fit the system '{Name}': {error.Message}", error);
        }

        var arrays = ModelArrays.Read(Path.Combine(folder, WeightsFile));
        var preparation = Prepare(settings);
        description.RequireSameFeatures(folder, preparation.Extractor);

        if (settings.Normalisation is Normalisation.Global or Normalisation.Utterance)
        {
            preparation.Scaler = FeatureScaler.FromJson(arrays.Text(ScalerText));
        }

        return new Trained(this, settings, description.Task, preparation, Read(settings, arrays.Within(ClassifierName), description.Classes.Count));
    }

    private static FeaturePreparation Prepare(TSettings settings) =>
        new(settings.FeatureSet.CreateExtractor(), settings.Normalisation, settings.Preprocessing);

    private Trained Fit(TrainingRequest request, TSettings settings, IReadOnlyList<Utterance> train)
    {
        var preparation = Prepare(settings);
        var classes = request.Classes.Select((name, index) => (name, index)).ToDictionary(c => c.name, c => c.index, StringComparer.Ordinal);
        var labels = train.Select(u => classes[u.Emotion]).ToList();
        if (labels.Distinct().Count() < 2)
        {
            throw new UndertoneException($"the fold's {train.Count} training utterances are of {(train.Count == 0 ? "no class" : $"one class, '{train[0].Emotion}'")}; '{Name}' tells classes apart and needs at least two.");
        }

        var variants = preparation.FitTraining(train, request.Features, Speeds(settings), settings.Augmentation, request.Seed, request.Cancellation);
        var classifier = Fit(settings, new ClassifierData
        {
            Features = [.. variants.SelectMany(v => v)],
            Labels = [.. variants.SelectMany(_ => labels)],
            Classes = classes.Count,
            Speakers = [.. variants.SelectMany(_ => train.Select(u => $"{u.Corpus}/{u.Speaker}"))],
            ClassWeights = settings.Balanced ? ClassifierData.BalancedWeights(labels, classes.Count) : [.. Enumerable.Repeat(1.0, classes.Count)],
            Seed = request.Seed,
            Cancellation = request.Cancellation,
        });
        return new Trained(this, settings, request.Task, preparation, classifier);
    }

    private sealed class Trained(
        TraditionalSystem<TSettings> system, TSettings settings, TrainingTask task, FeaturePreparation preparation, IFittedClassifier classifier) : TrainedSystem
    {
        private float[][]? _validated;

        public override float[][]? Validated => _validated;

        public override IReadOnlyList<string> Classes => task.Classes;

        public override SystemSettings Settings => settings;

        public override IReadOnlyList<EpochRecord> History => [];

        public override ModelCost Cost => new(classifier.Parameters, classifier.MultiplyAdds(CountedFrames) / (double)ModelCost.CountedSeconds);

        private int CountedFrames => preparation.Extractor.HopSeconds is > 0 and var hop ? (int)Math.Round(ModelCost.CountedSeconds / hop) : 1;

        public Trained WithValidated(float[][] rows)
        {
            _validated = rows;
            return this;
        }

        public override float[][] Predict(IReadOnlyList<Utterance> utterances, FeatureCache features) =>
            Predict(preparation.Extract(utterances, features), preparation.GroupsOf(utterances));

        public override float[][] Predict(IReadOnlyList<Waveform> waveforms) =>
            Predict(preparation.Extract(waveforms), [.. waveforms.Select(_ => "")]);

        public override void Save(string folder)
        {
            new ModelDescription
            {
                System = system.Name,
                Classes = task.Classes,
                Settings = SettingsJson.Write(settings),
                Dimensions = preparation.Extractor.Dimensions,
                Features = preparation.Extractor.Fingerprint,
            }.Write(folder);
            var arrays = new ModelArrays();
            arrays.AddText("system", system.Name);
            if (preparation.Scaler is { } scaler)
            {
                arrays.AddText(ScalerText, scaler.ToJson());
            }

            classifier.Write(arrays.Within(ClassifierName));
            arrays.Write(Path.Combine(folder, WeightsFile));
        }

        private float[][] Predict(FeatureMatrix[] features, IReadOnlyList<string> groups) =>
            [.. preparation.Normalise(features, groups).Select(f => classifier.Probabilities(f).Select(p => (float)p).ToArray())];
    }
}
