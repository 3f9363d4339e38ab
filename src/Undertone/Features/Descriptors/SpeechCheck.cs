using System.Numerics.Tensors;
using Undertone.Speech;

namespace Undertone.Features.Descriptors;

/// <summary>Refuses audio that cannot be analysed.</summary>
internal static class SpeechCheck
{
    // Beyond this the power of a frame might overflow.
    private const float Loudest = 1e12f;

    public static void Require(Waveform waveform, string set)
    {
        ArgumentNullException.ThrowIfNull(waveform);
        RequireRate(waveform.SampleRate, set);
        Require(waveform.Samples, set);
        if (waveform.Samples.Length == 0)
        {
            throw Empty(set);
        }
    }

    /// <summary>Refuses another rate than 16 kHz.</summary>
    public static void RequireRate(int sampleRate, string set)
    {
        if (sampleRate != Waveform.StandardRate)
        {
            throw new UndertoneException($"{set}: the audio has {sampleRate} Hz; expected {Waveform.StandardRate} Hz. Resample it.");
        }
    }

    /// <summary>Refuses samples that are no amplitudes; of none there is nothing to say.</summary>
    public static void Require(ReadOnlySpan<float> samples, string set)
    {
        // MaxMagnitude passes NaN on.
        var loudest = samples.IsEmpty ? 0 : MathF.Abs(TensorPrimitives.MaxMagnitude(samples));
        if (!(loudest <= Loudest))
        {
            throw new UndertoneException(
                float.IsFinite(loudest)
                    ? FormattableString.Invariant($"{set}: the audio's amplitudes reach {loudest}; expected about 1. Is it scaled wrongly?")
                    : $"{set}: the audio holds samples that are not finite numbers; expected amplitudes of about 1.");
        }
    }

    /// <summary>Audio without a sample.</summary>
    public static UndertoneException Empty(string set) => new($"{set}: the audio is empty; expected at least one sample.");
}
