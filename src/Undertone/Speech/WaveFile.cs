namespace Undertone.Speech;

/// <summary>The sample formats that <see cref="WaveFile"/> writes.</summary>
public enum WaveFormat
{
    /// <summary>Signed 16-bit integers: amplitudes outside [-1, 1) are clipped.</summary>
    Pcm16,

    /// <summary>32-bit floats: amplitudes are kept as they are.</summary>
    Float32,
}

/// <summary>Writes mono WAV files. The same audio gives the same bytes, at whatever time it is written.</summary>
public static class WaveFile
{
    /// <summary>Writes a file, in place of one that is there.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="waveform">Mono audio of any rate.</param>
    /// <param name="format">The sample format. Reading the file back gives each amplitude within half a step, 2⁻¹⁶, of 16 bits; floats exactly.</param>
    /// <exception cref="AudioException">The file cannot be written, or the audio is empty.</exception>
    public static void Write(string path, Waveform waveform, WaveFormat format = WaveFormat.Pcm16)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(waveform);
        if (waveform.Samples.Length == 0)
        {
            throw new AudioException(path, "the audio to write holds no sample", "expected at least one");
        }

        var info = new SoundFile.Info
        {
            SampleRate = waveform.SampleRate,
            Channels = 1,
            Format = SoundFile.Wav | (format == WaveFormat.Pcm16 ? SoundFile.Pcm16 : SoundFile.Float32),
        };
        using var file = SoundFile.Open(path, SoundFile.WriteMode, ref info);
        if (file.IsInvalid)
        {
            throw new AudioException(path, $"cannot be written ({SoundFile.ErrorText(file)})", "expected a writable folder");
        }

        SoundFile.OmitPeakChunk(file);
        var written = format == WaveFormat.Pcm16 ? WritePcm16(file, waveform.Samples) : WriteFloat32(file, waveform.Samples);
        if (written != waveform.Samples.Length)
        {
            throw new AudioException(path, $"only {written} of {waveform.Samples.Length} samples could be written ({SoundFile.ErrorText(file)})", "expected room on the disk");
        }
    }

    private static unsafe long WritePcm16(SoundFileHandle file, float[] samples)
    {
        var integers = new short[samples.Length];
        for (var i = 0; i < samples.Length; i++)
        {
            integers[i] = (short)Math.Clamp(MathF.Round(samples[i] * 32768f), short.MinValue, short.MaxValue);
        }

        fixed (short* from = integers)
        {
            return SoundFile.WriteFrames(file, from, integers.Length);
        }
    }

    private static unsafe long WriteFloat32(SoundFileHandle file, float[] samples)
    {
        fixed (float* from = samples)
        {
            return SoundFile.WriteFrames(file, from, samples.Length);
        }
    }
}
