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
        if (waveform.SampleRate != Waveform.StandardRate)
        {
            throw new UndertoneException($"{set}: the audio has {waveform.SampleRate} Hz; expected {Waveform.StandardRate} Hz. Resample it.");
        }

        if (waveform.Samples.Length == 0)
        {
            throw new UndertoneException($"{set}: the audio is empty; expected at least one sample.");
        }

        // MaxMagnitude passes NaN on.
        var loudest = MathF.Abs(TensorPrimitives.MaxMagnitude<float>(waveform.Samples));
        if (!(loudest <= Loudest))
        {
            throw new UndertoneException(
                float.IsFinite(loudest)
                    ? FormattableString.Invariant($"{set}: the audio's amplitudes reach {loudest}; expected about 1. Is it scaled wrongly?")
                    : $"{set}: the audio holds samples that are not finite numbers; expected amplitudes of about 1.");
        }
    }
}
