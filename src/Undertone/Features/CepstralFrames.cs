using System.Buffers;
using Undertone.Speech;

namespace Undertone.Features;

/// <summary>Cepstra of compressed band energies with deltas: what sets of one filter bank each have in common.</summary>
internal sealed class CepstralFrames(MelSpectrogram spectrogram, int coefficients, int deltas, int deltaWidth)
{
    private readonly CosineTransform? _transform = coefficients > 0 ? new CosineTransform(spectrogram.Bands, coefficients, lifter: 0) : null;

    /// <summary>Values a frame: coefficients (where 0: the bands themselves) with their deltas.</summary>
    public int Dimensions => (coefficients > 0 ? coefficients : spectrogram.Bands) * (1 + deltas);

    public FeatureMatrix Extract(Waveform waveform)
    {
        var frames = spectrogram.CheckedFrames(waveform);
        var bands = spectrogram.Bands;
        var values = GC.AllocateUninitializedArray<float>(checked(frames * Dimensions));
        if (_transform is null)
        {
            spectrogram.Compute(waveform.Samples, values, frames, Dimensions);
        }
        else
        {
            var spectra = ArrayPool<float>.Shared.Rent(checked(frames * bands));
            spectrogram.Compute(waveform.Samples, spectra, frames, bands);
            _transform.Apply(spectra, frames, values, Dimensions);
            ArrayPool<float>.Shared.Return(spectra);
        }

        Deltas.Fill(values, frames, Dimensions / (1 + deltas), deltas, DeltaMethod.Regression, deltaWidth);
        return new FeatureMatrix(values, frames, Dimensions);
    }

    /// <summary>Refuses impossible settings.</summary>
    public static void Check(string set, int bands, int coefficients, int leastCoefficients, int deltas, int deltaWidth)
    {
        SettingCheck.Require(bands is >= 1 and <= 4096, set, "bands", bands, "1 to 4096");
        SettingCheck.Require(coefficients >= leastCoefficients && coefficients <= bands, set, "coefficients", coefficients, $"{leastCoefficients} to the number of bands ({bands})");
        SettingCheck.Require(deltas is >= 0 and <= 2, set, "deltas", deltas, "0, 1 or 2");
        SettingCheck.Require(deltaWidth >= 3 && deltaWidth % 2 == 1, set, "delta-width", deltaWidth, "an odd number of frames, at least 3");
    }
}
