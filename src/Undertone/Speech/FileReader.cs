namespace Undertone.Speech;

/// <summary>A file block by block, as <see cref="AudioFile.Read(string)"/> reads it whole: the same samples, the same refusals.</summary>
internal sealed class FileReader : AudioReader
{
    private readonly string _path;
    private readonly DecodedAudio _decoded;
    private readonly SoundFile.Info _info;
    private readonly StreamResampler? _resampler;

    public FileReader(string path, SoundFileHandle file, SoundFile.Info info)
    {
        (_path, _info) = (path, info);
        _decoded = new DecodedAudio(path, file, info);
        _resampler = info.SampleRate == Waveform.StandardRate ? null : new StreamResampler(info.SampleRate, Waveform.StandardRate, Decode);
    }

    /// <inheritdoc/>
    public override int SampleRate => Waveform.StandardRate;

    /// <inheritdoc/>
    public override int Read(Span<float> samples) => _resampler?.Read(samples) ?? Decode(samples);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _resampler?.Dispose();
        _decoded.Dispose();
    }

    private int Decode(Span<float> samples)
    {
        var count = _decoded.Read(samples);
        if (count < samples.Length)
        {
            AudioFile.CheckLength(_path, _decoded, _info);
        }

        return count;
    }
}
