using System.Runtime.InteropServices;

namespace Undertone.Speech;

/// <summary>
/// Changes the sample rate by libsoxr with its high-quality recipe (20 bits, linear phase): what librosa calls
/// <c>soxr_hq</c>.
/// </summary>
public static class Resampler
{
    /// <summary>Resamples.</summary>
    /// <param name="waveform">Mono audio; returned itself where it has the rate already.</param>
    /// <param name="sampleRate">The rate wanted, in Hz.</param>
    /// <returns>⌈n · wanted / present⌉ samples.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A rate is not positive.</exception>
    /// <exception cref="UndertoneException">libsoxr is missing or refuses.</exception>
    public static unsafe Waveform Resample(Waveform waveform, int sampleRate = Waveform.StandardRate)
    {
        ArgumentNullException.ThrowIfNull(waveform);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleRate);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(waveform.SampleRate);
        if (waveform.SampleRate == sampleRate || waveform.Samples.Length == 0)
        {
            return waveform with { SampleRate = sampleRate };
        }

        var input = waveform.Samples;
        var length = (((long)input.Length * sampleRate) + waveform.SampleRate - 1) / waveform.SampleRate;
        if (length > Array.MaxLength)
        {
            throw new UndertoneException($"Resampling {waveform.Seconds:F0} s of audio to {sampleRate} Hz gives {length} samples, more than an array holds; cut it into pieces.");
        }

        // The filter's last sample may fall beyond libsoxr's output; it stays zero, as librosa's fix_length leaves it.
        var output = new float[length];
        var quality = Soxr.Quality(new CULong(Soxr.HighQuality), new CULong(0));
        nuint done = 0;
        nint error;
        fixed (float* from = input, to = output)
        {
            error = Soxr.OneShot(
                waveform.SampleRate, sampleRate, 1, from, (nuint)input.Length, null, to, (nuint)output.Length, &done, null, &quality, null);
        }

        return error == 0
            ? new Waveform(output, sampleRate)
            : throw new UndertoneException($"libsoxr cannot resample from {waveform.SampleRate} Hz to {sampleRate} Hz: {Marshal.PtrToStringUTF8(error)}.");
    }
}
