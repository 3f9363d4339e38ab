using System.Text;
using Undertone.Speech;

namespace Undertone.Tests.Speech;

public sealed class WaveFileTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Sixteen_bits_are_what_the_format_defines()
    {
        WaveFile.Write(_folder["a.wav"], new Waveform([0f, 0.5f, -1f, 1f, 2f], 16000));

        File.ReadAllBytes(_folder["a.wav"]).ShouldBe(
            RiffBuilder.Wave(RiffBuilder.Pcm, 16, 16000, 1, [0, 0, 0, 0x40, 0, 0x80, 0xFF, 0x7F, 0xFF, 0x7F]));
    }

    [Fact]
    public void Floats_come_back_exactly_and_without_a_time_stamp()
    {
        float[] samples = [0f, 0.1f, -1.5f, 3e-9f];
        WaveFile.Write(_folder["a.wav"], new Waveform(samples, 22050), WaveFormat.Float32);

        var wave = AudioFile.ReadAtOwnRate(_folder["a.wav"]);
        wave.Samples.ShouldBe(samples);
        wave.SampleRate.ShouldBe(22050);
        Encoding.Latin1.GetString(File.ReadAllBytes(_folder["a.wav"])).ShouldNotContain("PEAK");
    }

    [Fact]
    public void What_cannot_be_written_is_said()
    {
        Should.Throw<AudioException>(() => WaveFile.Write(_folder["a.wav"], new Waveform([], 16000))).Message.ShouldContain("holds no sample");
        Should.Throw<AudioException>(() => WaveFile.Write(Path.Combine(_folder["no"], "a.wav"), new Waveform([0f], 16000)))
            .Message.ShouldContain("cannot be written");
    }

    [Fact]
    public void The_hash_is_over_little_endian_floats()
    {
        // printf '\x00\x00\x00\x3f\x00\x00\x80\xbf' | sha256sum
        AudioHash.Of(new Waveform([0.5f, -1f], 16000)).ShouldBe("031a5e93e726630d2e7087e4356829de6907683f3a2aba769e5155e7a068d167");
        Should.Throw<ArgumentException>(() => AudioHash.Of(new Waveform([0.5f], 8000)));
    }
}
