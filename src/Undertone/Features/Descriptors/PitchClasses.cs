namespace Undertone.Features.Descriptors;

/// <summary>
/// The twelve pitch classes of a spectrum, octaves folded together (Bartsch &amp; Wakefield 2005,
/// doi:10.1109/TMM.2004.840597). Each frequency is spread over the classes by a bell curve as wide as the distance to the
/// next frequency of the transform, so that coarse low frequencies do not all fall into one class; the octaves
/// about 880 Hz count most.
/// </summary>
public static class PitchClasses
{
    /// <summary>Where the method is described.</summary>
    public const string Source = "Bartsch & Wakefield 2005, doi:10.1109/TMM.2004.840597";

    /// <summary>The number of classes; class 0 is C.</summary>
    public const int Count = 12;

    private const double A0 = 27.5;
    private const double CentreOctave = 5;
    private const double OctaveWidth = 2;

    /// <summary>The weights of the frequencies of a Fourier transform in each class, as librosa's <c>filters.chroma</c> has them by default.</summary>
    /// <param name="sampleRate">In Hz.</param>
    /// <param name="fftLength">The length N of the transform.</param>
    /// <returns>12 rows of N / 2 + 1 weights.</returns>
    public static double[][] Weights(int sampleRate, int fftLength)
    {
        // Semitones above A0; what has no pitch, 0 Hz, is put an octave and a half below the next.
        var pitch = new double[fftLength + 1];
        for (var bin = 1; bin < pitch.Length; bin++)
        {
            pitch[bin] = Count * Math.Log2((double)sampleRate * bin / fftLength / A0);
        }

        pitch[0] = pitch[1] - (1.5 * Count);
        var bins = (fftLength / 2) + 1;
        var weights = Enumerable.Range(0, Count).Select(_ => new double[bins]).ToArray();
        var spread = new double[Count];
        for (var bin = 0; bin < bins; bin++)
        {
            var width = Math.Max(1, pitch[bin + 1] - pitch[bin]);
            for (var c = 0; c < Count; c++)
            {
                // Classes are counted from A here: nine semitones above C.
                var distance = Math.IEEERemainder(pitch[bin] - c, Count);
                spread[c] = Math.Exp(-2 * Math.Pow(distance / width, 2));
            }

            var length = Math.Sqrt(spread.Sum(s => s * s));
            var octave = Math.Exp(-0.5 * Math.Pow(((pitch[bin] / Count) - CentreOctave) / OctaveWidth, 2));
            for (var c = 0; c < Count; c++)
            {
                weights[(c + 9) % Count][bin] = spread[c] / length * octave;
            }
        }

        return weights;
    }
}
