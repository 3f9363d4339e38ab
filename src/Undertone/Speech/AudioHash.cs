using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Undertone.Speech;

/// <summary>
/// Identifies audio by what is heard, not by its file: the same samples in WAV and in FLAC have the same hash.
/// </summary>
public static class AudioHash
{
    /// <summary>SHA-256 over the samples as little-endian 32-bit floats, in lower-case hexadecimal.</summary>
    /// <param name="waveform">Mono audio at <see cref="Waveform.StandardRate"/>, as <see cref="AudioFile.Read(string)"/> gives it.</param>
    /// <returns>64 characters.</returns>
    /// <exception cref="ArgumentException">The audio has another rate: its hash would not be comparable.</exception>
    public static string Of(Waveform waveform)
    {
        ArgumentNullException.ThrowIfNull(waveform);
        if (waveform.SampleRate != Waveform.StandardRate)
        {
            throw new ArgumentException($"the hash is defined at {Waveform.StandardRate} Hz, not {waveform.SampleRate} Hz.", nameof(waveform));
        }

        if (BitConverter.IsLittleEndian)
        {
            return Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(waveform.Samples.AsSpan())));
        }

        var bytes = ArrayPool<byte>.Shared.Rent(waveform.Samples.Length * sizeof(float));
        for (var i = 0; i < waveform.Samples.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), waveform.Samples[i]);
        }

        var hash = SHA256.HashData(bytes.AsSpan(0, waveform.Samples.Length * sizeof(float)));
        ArrayPool<byte>.Shared.Return(bytes);
        return Convert.ToHexStringLower(hash);
    }
}
