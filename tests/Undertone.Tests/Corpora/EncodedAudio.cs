using System.Runtime.InteropServices;
using Undertone.Speech;

namespace Undertone.Tests.Corpora;

/// <summary>Writes lossy files with libsndfile's default quality, as a mirror of a corpus might.</summary>
internal static partial class EncodedAudio
{
    public const int OggVorbis = 0x200060;
    public const int Mp3 = 0x230082;

    /// <summary>Encodes audio and reads it back as a corpus would.</summary>
    public static Waveform RoundTrip(Waveform audio, int format)
    {
        var path = Path.Combine(Path.GetTempPath(), $"undertone-{Guid.NewGuid():N}.{(format == Mp3 ? "mp3" : "ogg")}");
        try
        {
            Write(path, audio, format);
            return AudioFile.Read(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    public static void Write(string path, Waveform audio, int format)
    {
        var info = new Info { SampleRate = audio.SampleRate, Channels = 1, Format = format };
        var file = Open(path, 0x20, ref info);
        file.ShouldNotBe(0);
        WriteFrames(file, audio.Samples, audio.Samples.Length).ShouldBe(audio.Samples.Length);
        Close(file).ShouldBe(0);
    }

    [LibraryImport("libsndfile.so.1", EntryPoint = "sf_open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Open(string path, int mode, ref Info info);

    [LibraryImport("libsndfile.so.1", EntryPoint = "sf_writef_float")]
    private static partial long WriteFrames(nint file, float[] samples, long frames);

    [LibraryImport("libsndfile.so.1", EntryPoint = "sf_close")]
    private static partial int Close(nint file);

    [StructLayout(LayoutKind.Sequential)]
    private struct Info
    {
        public long Frames;
        public int SampleRate;
        public int Channels;
        public int Format;
        public int Sections;
        public int Seekable;
    }
}
