using System.Numerics;

namespace Undertone.Features.Descriptors;

/// <summary>
/// Spectral flux: the root of the mean squared difference between the magnitude spectra of a frame and the one before it,
/// below 5 kHz (as in eGeMAPS, Eyben et al. 2016, doi:10.1109/TAFFC.2015.2457417). The first frame's is 0. Not scaled by the
/// frame's energy, so it grows with loudness.
/// </summary>
/// <remarks>Keeps the last frame: one object serves one recording, frames in order.</remarks>
internal sealed class SpectralFlux
{
    private readonly int _first;
    private readonly int _bins;
    private readonly float[] _magnitudes;
    private bool _begun;

    /// <summary>Makes it, for the frequencies below 5 kHz.</summary>
    /// <param name="resolution">The distance between frequencies in Hz.</param>
    public SpectralFlux(double resolution)
        : this(0, (int)(5000 / resolution))
    {
    }

    /// <summary>Makes it.</summary>
    /// <param name="first">The first frequency that counts, from 0.</param>
    /// <param name="end">The one behind the last.</param>
    public SpectralFlux(int first, int end)
    {
        (_first, _bins) = (first, end - first);
        _magnitudes = new float[_bins * Stride];
    }

    // One more than a vector's frames: the last frame of the vector before stands in front.
    private static int Stride => 2 * Vector<float>.Count;

    /// <summary>Forgets the recording.</summary>
    public void Reset() => _begun = false;

    /// <summary>The flux.</summary>
    /// <param name="power">Power spectra, one lane a frequency.</param>
    public Vector<float> Of(ReadOnlySpan<VectorLane> power)
    {
        var count = Vector<float>.Count;
        for (var bin = 0; bin < _bins; bin++)
        {
            var at = bin * Stride;
            var magnitude = Vector.SquareRoot(power[_first + bin].Value);
            _magnitudes[at + count - 1] = _begun ? _magnitudes[at + (2 * count) - 1] : magnitude[0];
            magnitude.CopyTo(_magnitudes, at + count);
        }

        var sum = Vector<float>.Zero;
        for (var bin = 0; bin < _bins; bin++)
        {
            ref var at = ref _magnitudes[(bin * Stride) + count - 1];
            var before = Vector.LoadUnsafe(ref at);
            var difference = Vector.LoadUnsafe(ref at, 1) - before;
            sum = Vector.FusedMultiplyAdd(difference, difference, sum);
        }

        _begun = true;
        return Vector.SquareRoot(sum * new Vector<float>(1f / _bins));
    }
}
