using Undertone.Corpora;
using Undertone.Features;
using Undertone.Speech;
using Undertone.Systems;
using Undertone.Training;

namespace Undertone.Tests.Systems;

/// <summary>A fold of the demo voice: three speakers to train on, one to validate with and one to test, three emotions.</summary>
public sealed class DemoFold : IDisposable
{
    private static readonly string[] Emotions = ["anger", "neutral", "sadness"];

    public DemoFold()
    {
        var utterances = new List<Utterance>();
        foreach (var speaker in DemoSpeaker.All.Take(5))
        {
            foreach (var emotion in Emotions)
            {
                for (var sentence = 0; sentence < 2; sentence++)
                {
                    var id = $"{speaker.Id}-{emotion}-{sentence}";
                    var path = Path.Combine(Folder, id + ".wav");
                    WaveFile.Write(path, DemoVoice.Speak(speaker, emotion, sentence).Waveform);
                    utterances.Add(new Utterance("demo", id, path, speaker.Id, emotion) { AudioHash = AudioHash.Of(AudioFile.Read(path)) });
                }
            }
        }

        var speakers = utterances.Select(u => u.Speaker).Distinct().ToList();
        Train = [.. utterances.Where(u => speakers.IndexOf(u.Speaker) < 3)];
        Validation = [.. utterances.Where(u => u.Speaker == speakers[3])];
        Test = [.. utterances.Where(u => u.Speaker == speakers[4])];
        Features = new FeatureCache(Path.Combine(Folder, "cache"));
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("undertone-demo-fold-").FullName;

    public IReadOnlyList<Utterance> Train { get; }

    public IReadOnlyList<Utterance> Validation { get; }

    public IReadOnlyList<Utterance> Test { get; }

    public FeatureCache Features { get; }

    public TrainingRequest Request(SystemSettings settings) => new()
    {
        Settings = settings,
        Task = TrainingTask.Classification(Emotions),
        Train = Train,
        Validation = Validation,
        Features = Features,
        Seed = 3,
        Device = "cpu",
    };

    /// <summary>The share of rows whose most probable class is right.</summary>
    public static double Accuracy(float[][] rows, IReadOnlyList<Utterance> utterances) =>
        rows.Zip(utterances).Average(r => Emotions[Array.IndexOf(r.First, r.First.Max())] == r.Second.Emotion ? 1.0 : 0);

    /// <summary>Saves a model into a new folder and reads it again.</summary>
    public TrainedSystem Again(EmotionSystem system, TrainedSystem model)
    {
        var folder = Path.Combine(Folder, Guid.NewGuid().ToString("n"));
        Directory.CreateDirectory(folder);
        model.Save(folder);
        return system.Load(folder);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
