using Undertone.Speech;
using Undertone.Tests.Corpora;

namespace Undertone.Tests.Speech;

/// <summary>Audio that is read block by block has the samples, and the faults, of audio that is read whole.</summary>
public sealed class AudioSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(8000)]
    [InlineData(11025)]
    [InlineData(16000)]
    [InlineData(22050)]
    [InlineData(44100)]
    [InlineData(48000)]
    [InlineData(192000)]
    public void Blocks_of_any_size_have_the_samples_of_the_whole_at_any_rate(int rate)
    {
        var path = Path.Combine(_folder.Path, "a.wav");
        foreach (var length in new[] { 1, 100, 37_123 })
        {
            WaveFile.Write(path, new Waveform([.. Enumerable.Range(0, length).Select(n => 0.4f * MathF.Sin(n * (0.01f + (n * 2e-6f))))], rate));
            var whole = AudioFile.Read(path).Samples;
            foreach (var block in new[] { 1, 7, 1000, 4096, 100_000 })
            {
                Blocks(AudioSource.File(path), block).AsSpan().SequenceEqual(whole).ShouldBeTrue($"{length} samples, {block} at once");
            }
        }
    }

    [Theory]
    [InlineData("tones.flac")]
    [InlineData("tones.ogg")]
    [InlineData("tones.mp3")]
    public void Compressed_stereo_too(string name)
    {
        var source = AudioSource.File(Path.Combine(AppContext.BaseDirectory, "Data", "Speech", name));
        Blocks(source, 5000).ShouldBe(source.Read().Samples);
        Blocks(source, 5000).ShouldBe(source.Read().Samples); // from the beginning once more
    }

    [Fact]
    public void Faults_are_those_of_the_whole()
    {
        var samples = Enumerable.Range(0, 40_000).Select(n => n == 39_000 ? double.NaN : 0.1).ToArray();
        var notFinite = Write("nan.wav", RiffBuilder.Wave(RiffBuilder.Float, 32, 16000, 1, RiffBuilder.Samples(RiffBuilder.Float, 32, samples)));
        var empty = Write("empty.wav", RiffBuilder.Wave(RiffBuilder.Pcm, 16, 44100, 1, []));
        var flac = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Data", "Speech", "tones.flac"));
        var cut = Write("cut.flac", flac[..(flac.Length / 2)]);
        foreach (var path in new[] { notFinite, empty, cut, Path.Combine(_folder.Path, "none.wav") })
        {
            var expected = Should.Throw<AudioException>(() => AudioFile.Read(path)).Message;
            Should.Throw<AudioException>(() => Blocks(AudioSource.File(path), 4096)).Message.ShouldBe(expected);
        }
    }

    [Fact]
    public void A_waveform_is_read_like_a_file()
    {
        var waveform = new Waveform([.. Enumerable.Range(0, 1000).Select(n => n / 1000f)], 16000);
        Blocks(AudioSource.Of(waveform), 300).ShouldBe(waveform.Samples);
        AudioSource.Of(() => waveform).Read().ShouldBe(waveform);
    }

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder.Path, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static float[] Blocks(AudioSource source, int size)
    {
        using var reader = source.Open();
        reader.SampleRate.ShouldBe(16000);
        var (all, block) = (new List<float>(), new float[size]);
        int read;
        do
        {
            read = reader.Read(block);
            all.AddRange(block[..read]);
        }
        while (read == size);
        reader.Read(block).ShouldBe(0);
        return [.. all];
    }
}
