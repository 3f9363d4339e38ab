using Undertone.Emotions;
using Undertone.Features;
using Undertone.Speech;
using Undertone.Systems;

namespace Undertone;

/// <summary>The front door: load a trained model, predict the emotion of recordings.</summary>
/// <example>
/// <code>
/// using var model = EmotionModel.Load("my-model");
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

    /// <summary>The classes, in output order.</summary>
    public IReadOnlyList<string> Classes => _system.Classes;

    /// <summary>
    /// Whether predictions depend on the other recordings given in the same call: true under
    /// <see cref="Normalisation.Speaker"/> and <see cref="Normalisation.Corpus"/>, where all recordings of a call are taken
    /// as one speaker's.
    /// </summary>
    public bool NormalisesBySpeaker => _system.Settings.Normalisation is Normalisation.Speaker or Normalisation.Corpus;

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
    /// <exception cref="UndertoneException">A recording is empty or not finite.</exception>
    public IReadOnlyList<Prediction> Predict(IReadOnlyList<Waveform> waveforms)
    {
        var standard = waveforms
            .Select(w => w.SampleRate == Waveform.StandardRate ? w : Resampler.Resample(w, Waveform.StandardRate))
            .ToList();
        return [.. _system.Predict(standard).Select(p => Prediction.From(_system.Classes, p))];
    }

    /// <summary>Frees the model.</summary>
    public void Dispose() => _system.Dispose();
}
