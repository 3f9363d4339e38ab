using Undertone.Emotions;
using Undertone.Features;
using Undertone.Preprocessing.InputChecks;
using Undertone.Speech;
using Undertone.Systems;

namespace Undertone;

/// <summary>The front door: load a trained model, predict the emotion of recordings.</summary>
/// <example>
/// <code>
/// using var model = EmotionModel.Load(); // the one that comes with Undertone; Load("my-model") reads one of your own
/// var prediction = model.Predict("call.wav");
/// Console.WriteLine($"{prediction.Label} {prediction.Confidence:P0}");
/// </code>
/// </example>
public sealed class EmotionModel : IDisposable
{
    private readonly TrainedSystem _system;

    private EmotionModel(TrainedSystem system, ModelDescription description)
    {
        _system = system;
        Description = description;
    }

    /// <summary>What the model is, what it was trained on and what it is worth.</summary>
    public ModelDescription Description { get; }

    /// <summary>The targets of a regression, in output order; empty for a model that tells classes apart.</summary>
    public IReadOnlyList<string> Targets => _system.Task.Targets;

    /// <summary>The classes, in output order; empty in a regression.</summary>
    public IReadOnlyList<string> Classes => _system.Classes;

    /// <summary>
    /// Whether predictions depend on the other recordings given in the same call: true under
    /// <see cref="Normalisation.Speaker"/> and <see cref="Normalisation.Corpus"/>, where all recordings of a call are taken
    /// as one speaker's.
    /// </summary>
    public bool NormalisesBySpeaker => _system.Settings.IsAdapted;

    /// <summary>
    /// Reads the model that comes with Undertone (<see cref="DefaultModel"/>): it tells the big four emotions apart, needs no
    /// libtorch, and its card says what little that is worth.
    /// </summary>
    /// <exception cref="UndertoneException">It is not beside the program or in a folder above it, or is damaged.</exception>
    public static EmotionModel Load() => Load(DefaultModel.Folder);

    /// <summary>Reads a model that <c>undertone train</c> wrote.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <exception cref="UndertoneException">The folder is missing, or a file in it is damaged or of another version.</exception>
    public static EmotionModel Load(string folder)
    {
        var description = ModelDescription.Read(folder);
        var system = SystemCatalog.Default.Get(description.System).Load(folder);
        try
        {
            description.RequireSameFiles(folder);
            return new EmotionModel(system, description);
        }
        catch
        {
            system.Dispose();
            throw;
        }
    }

    /// <summary>Predicts the emotion of one recording: any format, sample rate and number of channels that libsndfile reads.</summary>
    /// <param name="path">An audio file.</param>
    /// <exception cref="UndertoneException">The file cannot be read as audio.</exception>
    public Prediction Predict(string path) => Predict(AudioFile.Read(path));

    /// <summary>Predicts the emotion of audio in memory.</summary>
    /// <param name="waveform">Mono audio of any sample rate.</param>
    /// <exception cref="UndertoneException">The audio is empty or not finite.</exception>
    public Prediction Predict(Waveform waveform) => Predict([waveform])[0];

    /// <summary>Predicts several recordings at once, which is faster than one by one.</summary>
    /// <param name="waveforms">N recordings, mono, of any sample rate.</param>
    /// <returns>N predictions, in the order given.</returns>
    /// <exception cref="UndertoneException">A recording is empty or not finite, or the model is a regression.</exception>
    public IReadOnlyList<Prediction> Predict(IReadOnlyList<Waveform> waveforms) => Targets.Count == 0
        ? [.. Ask(waveforms).Select(a => Prediction.From(_system.Classes, a.Row) with { Warnings = a.Warnings })]
        : throw new UndertoneException($"this model says {string.Join(", ", Targets)} and no class; call PredictDimensions in place of Predict.");

    /// <summary>Predicts the targets' values of one recording.</summary>
    /// <param name="path">An audio file.</param>
    /// <exception cref="UndertoneException">The file cannot be read as audio, or the model tells classes apart.</exception>
    public DimensionalPrediction PredictDimensions(string path) => PredictDimensions(AudioFile.Read(path));

    /// <summary>Predicts the targets' values of audio in memory.</summary>
    /// <param name="waveform">Mono audio of any sample rate.</param>
    /// <exception cref="UndertoneException">The audio is empty or not finite, or the model tells classes apart.</exception>
    public DimensionalPrediction PredictDimensions(Waveform waveform) => PredictDimensions([waveform])[0];

    /// <summary>Predicts the targets' values of several recordings at once.</summary>
    /// <param name="waveforms">N recordings, mono, of any sample rate.</param>
    /// <returns>N predictions, in the order given.</returns>
    /// <exception cref="UndertoneException">A recording is empty or not finite, or the model tells classes apart.</exception>
    public IReadOnlyList<DimensionalPrediction> PredictDimensions(IReadOnlyList<Waveform> waveforms) => Targets.Count > 0
        ? [.. Ask(waveforms).Select(a => new DimensionalPrediction([.. Targets.Select((t, i) => KeyValuePair.Create(t, a.Row[i]))]) { Warnings = a.Warnings })]
        : throw new UndertoneException($"this model tells the classes {string.Join(", ", Classes)} apart and says no dimension; call Predict in place of PredictDimensions.");

    /// <summary>Frees the model.</summary>
    public void Dispose() => _system.Dispose();

    private IEnumerable<(float[] Row, IReadOnlyList<InputWarning> Warnings)> Ask(IReadOnlyList<Waveform> waveforms)
    {
        var standard = waveforms
            .Select(w => w.SampleRate == Waveform.StandardRate ? w : Resampler.Resample(w, Waveform.StandardRate))
            .ToList();
        return _system.Predict(standard)
            .Zip(standard, (row, w) => (row, Description.Inputs is { } training ? InputCheck.Warnings(training, w, _system.Settings.Preprocessing) : []));
    }
}
