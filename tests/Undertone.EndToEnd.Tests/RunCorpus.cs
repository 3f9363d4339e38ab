using Undertone.Speech;

namespace Undertone.EndToEnd.Tests;

/// <summary>
/// A small corpus in EMO-DB's names, and a cache of its own: four speakers say two sentences in three emotions that
/// differ in pitch and loudness. One recording is empty, so that every run has a file to leave out.
/// </summary>
public sealed class RunCorpus : IDisposable
{
    public const string Unreadable = "08a05Fd";

    public RunCorpus()
        : this(null)
    {
    }

    internal RunCorpus(string? cache)
    {
        Cache = cache ?? Path.Combine(Folder, "cache");
        var audio = Path.Combine(Corpora, "emodb", "wav");
        Directory.CreateDirectory(audio);
        var emotions = new[] { (Letter: 'W', Hertz: 220.0, Loudness: 0.6), (Letter: 'T', Hertz: 110.0, Loudness: 0.1), (Letter: 'N', Hertz: 150.0, Loudness: 0.3) };
        foreach (var (speaker, s) in new[] { "03", "08", "09", "10" }.Select((name, i) => (name, i)))
        {
            foreach (var text in new[] { "a01", "a02" })
            {
                foreach (var (letter, hertz, loudness) in emotions)
                {
                    var pitch = hertz * (1 + (0.1 * s));
                    var random = SeededRandom.From(s, text, $"{letter}");
                    var samples = Enumerable.Range(0, 12000)
                        .Select(n => (float)(loudness * ((n * pitch / Waveform.StandardRate % 1) - 0.5 + (0.05 * random.NextGaussian())))).ToArray();
                    WaveFile.Write(Path.Combine(audio, $"{speaker}{text}{letter}a.wav"), new Waveform(samples, Waveform.StandardRate));
                }
            }
        }

        File.WriteAllBytes(Path.Combine(audio, Unreadable + ".wav"), []);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("undertone run ").FullName;

    public string Corpora => Path.Combine(Folder, "corpora");

    public string Cache { get; }

    /// <summary>Writes an experiment over the four speakers.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="epochs">Epochs of training; with many a trial lasts until it is stopped.</param>
    /// <param name="more">Further lines.</param>
    public string Experiment(string name, int epochs = 2, string more = "")
    {
        var path = Path.Combine(Folder, name + ".yaml");
        File.WriteAllText(
            path,
            $"name: {name}\ncorpora: [emodb]\nprotocols: [leave-one-speaker-out]\nsystems: [cnn]\nvalidation: {{ speakers: 1 }}\n"
            + $"overrides: {{ training.epochs: {epochs}, training.patience: {epochs} }}\n{more}");
        return path;
    }

    public string Runs(string name) => Path.Combine(Folder, "runs " + name);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
