using Undertone.Corpora;
using Undertone.Features;
using Undertone.Speech;
using Undertone.Systems;
using Undertone.Training;

namespace Undertone.Tests.Systems;

/// <summary>Twelve short recordings of three speakers, loud and quiet, in a folder of its own: enough to train anything for two epochs.</summary>
internal sealed class SmallFold : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("undertone-systems-").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>Two epochs on the first two speakers, the third held out.</summary>
    /// <param name="system">The system.</param>
    /// <param name="settings">Its settings; null for its own.</param>
    /// <param name="task">What is learned; null for the two emotions.</param>
    public TrainingRequest Request(EmotionSystem system, SystemSettings? settings = null, TrainingTask? task = null)
    {
        var utterances = new List<Utterance>();
        foreach (var speaker in new[] { 0, 1, 2 })
        {
            foreach (var emotion in new[] { "anger", "sadness" })
            {
                foreach (var take in new[] { 0, 1 })
                {
                    var id = $"{speaker}-{emotion}-{take}";
                    var path = Path.Combine(Folder, id + ".wav");
                    var random = SeededRandom.From(id);
                    var loud = emotion == "anger" ? 0.3 : 0.05;
                    var samples = Enumerable.Range(0, 9000).Select(i => (float)(loud * Math.Sin(i * 0.05 * (1 + take)) * random.NextDouble())).ToArray();
                    WaveFile.Write(path, new Waveform(samples, 16000));
                    utterances.Add(new Utterance("small", id, path, $"s{speaker}", emotion)
                    {
                        AudioHash = AudioHash.Of(AudioFile.Read(path)),
                        Arousal = loud * 10,
                        Valence = 4 - take,
                    });
                }
            }
        }

        return new TrainingRequest
        {
            Settings = SettingPath.Apply(settings ?? system.Defaults, "training.epochs", "2"),
            Task = task ?? TrainingTask.Classification(["anger", "sadness"]),
            Train = [.. utterances.Where(u => u.Speaker != "s2")],
            Validation = [.. utterances.Where(u => u.Speaker == "s2")],
            Features = new FeatureCache(Path.Combine(Folder, "cache")),
            Seed = 3,
        };
    }
}
