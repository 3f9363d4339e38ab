using System.Text;
using Undertone.Corpora;
using Undertone.Speech;

namespace Undertone.Tests.Corpora;

/// <summary>A small copy of a corpus in its real layout and naming, spoken by the demo voice; gone after the test.</summary>
internal sealed class CorpusTree : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private int _take;

    public string Path => _folder.Path;

    /// <summary>Speaks files, no two alike.</summary>
    public CorpusTree Speak(params string[] relative)
    {
        foreach (var file in relative)
        {
            var path = System.IO.Path.Combine(Path, file);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            WaveFile.Write(path, Voice(_take++));
        }

        return this;
    }

    /// <summary>Writes a text file.</summary>
    public CorpusTree Write(string relative, string text, Encoding? encoding = null)
    {
        _folder.Write(relative, (encoding ?? new UTF8Encoding(false)).GetBytes(text));
        return this;
    }

    /// <summary>Copies a file.</summary>
    public CorpusTree Copy(string from, string to)
    {
        var path = System.IO.Path.Combine(Path, to);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.Copy(System.IO.Path.Combine(Path, from), path);
        return this;
    }

    public CorpusListing Survey(Corpus corpus) => corpus.Survey(Path);

    public CorpusCheck Check(Corpus corpus) => CorpusCheck.Of(corpus, Path);

    public static Waveform Voice(int take) =>
        DemoVoice.Speak(DemoSpeaker.All[take % DemoSpeaker.All.Count], DemoVoice.Emotions[take % DemoVoice.Emotions.Count], take % DemoVoice.Sentences, take).Waveform;

    public void Dispose() => _folder.Dispose();
}
