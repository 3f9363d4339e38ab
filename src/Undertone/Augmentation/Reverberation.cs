using Undertone.Speech;

namespace Undertone.Augmentation;

/// <summary>What room responses come from.</summary>
public enum RoomSource
{
    /// <summary>Noise that decays exponentially behind the direct sound (<see cref="RoomImpulseResponse.Decay"/>).</summary>
    Decay,

    /// <summary>The mirror images of a shoebox room (<see cref="RoomImpulseResponse.Images"/>).</summary>
    Images,

    /// <summary>The user's recorded responses.</summary>
    Files,
}

/// <summary>
/// As heard in a room: convolved with a room impulse response (Ko, Peddinti, Povey, Seltzer, Khudanpur 2017, A study on data
/// augmentation of reverberant speech for robust speech recognition, doi:10.1109/ICASSP.2017.7953152). The recording keeps its
/// power, its length, and the place of its direct sound.
/// </summary>
public sealed record Reverberation : WaveformAugmentation
{
    /// <summary>What the responses come from.</summary>
    public RoomSource Room { get; init; } = RoomSource.Images;

    /// <summary>The shortest reverberation time (to −60 dB), seconds; not for files.</summary>
    public double ShortestTime { get; init; } = 0.2;

    /// <summary>The longest, seconds.</summary>
    public double LongestTime { get; init; } = 0.7;

    /// <summary>Where the user's responses lie; needed for <c>files</c>.</summary>
    public string? Folder { get; init; }

    /// <inheritdoc/>
    public override Waveform Apply(Waveform waveform, SeededRandom random, AugmentationSounds sounds)
    {
        ArgumentNullException.ThrowIfNull(waveform);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(sounds);
        var time = Between(ShortestTime, LongestTime, random);
        float[] response;
        switch (Room)
        {
            case RoomSource.Decay:
                response = RoomImpulseResponse.Decay(time, waveform.SampleRate, random);
                break;
            case RoomSource.Images:
                response = RoomImpulseResponse.Images(RoomImpulseResponse.DrawRoom(time, random), waveform.SampleRate);
                break;
            default:
                var recorded = sounds.Folder(Folder!);
                response = RoomImpulseResponse.FromDirectSound(recorded[random.NextInt(recorded.Count)].Samples);
                break;
        }

        return Convolve(waveform, response);
    }

    /// <summary>Convolves a recording with a response.</summary>
    /// <param name="waveform">Mono audio.</param>
    /// <param name="response">The response at the same rate, from its direct sound on.</param>
    /// <returns>As many samples, of the same power.</returns>
    public static Waveform Convolve(Waveform waveform, float[] response)
    {
        ArgumentNullException.ThrowIfNull(waveform);
        ArgumentNullException.ThrowIfNull(response);
        var samples = waveform.Samples;
        var length = Math.Max(2, samples.Length + Math.Min(response.Length, samples.Length));
        var fft = new RealFft((int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)length));
        var (ar, ai) = Spectrum(fft, samples);
        var (br, bi) = Spectrum(fft, response[..Math.Min(response.Length, samples.Length)]);
        for (var k = 0; k < fft.Bins; k++)
        {
            (ar[k], ai[k]) = ((ar[k] * br[k]) - (ai[k] * bi[k]), (ar[k] * bi[k]) + (ai[k] * br[k]));
        }

        var buffer = new float[fft.Length];
        fft.Inverse(ar, ai, buffer);
        var wet = buffer[..samples.Length];
        var (before, after) = (samples.Sum(s => (double)s * s), wet.Sum(s => (double)s * s));
        var gain = after > 0 ? (float)Math.Sqrt(before / after) : 0;
        return waveform with { Samples = Array.ConvertAll(wet, s => s * gain) };
    }

    internal override string? Sounds => Room == RoomSource.Files ? Folder : null;

    private protected override IEnumerable<(string Name, object? Value, bool Possible, string Expected)> Checks() =>
    [
        ("shortest-time", ShortestTime, ShortestTime is >= 0.05 and <= 10, "in [0.05, 10] (seconds)"),
        ("longest-time", LongestTime, LongestTime >= ShortestTime && LongestTime <= 10, "at least shortest-time and at most 10"),
        ("folder", "not set", Room != RoomSource.Files || Folder is { Length: > 0 }, "set for the room files"),
    ];

    private static (float[] Real, float[] Imaginary) Spectrum(RealFft fft, float[] samples)
    {
        var (real, imaginary) = (new float[fft.Bins], new float[fft.Bins]);
        fft.Forward(OfLength([.. samples], fft.Length), real, imaginary);
        return (real, imaginary);
    }
}
