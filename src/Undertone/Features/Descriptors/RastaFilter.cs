namespace Undertone.Features.Descriptors;

/// <summary>
/// RASTA filtering of logarithmic band energies (Hermansky &amp; Morgan 1994, doi:10.1109/89.326616): a band pass over time,
/// so that what stays (the line, the room) and what changes faster than speech are taken away. Its numerator is the
/// paper's, a slope over five frames; its pole lies at 1 − 2π·0.01, a lower edge of 1 Hz at 100 frames a second.
/// </summary>
/// <remarks>
/// The first five frames are 0: the numerator has no five frames yet. Keeps the last frames: one object serves one
/// recording, frames in order.
/// </remarks>
internal sealed class RastaFilter
{
    private const int Taps = 5;
    private const float Pole = (float)(1 - (2 * Math.PI * 0.01));

    private readonly float[] _history;
    private readonly float[] _output;
    private int _frame;

    /// <summary>Makes it.</summary>
    /// <param name="bands">The number of bands.</param>
    public RastaFilter(int bands)
    {
        _history = new float[Taps * bands];
        _output = new float[bands];
    }

    /// <summary>Forgets the recording.</summary>
    public void Reset()
    {
        _frame = 0;
        Array.Clear(_output);
    }

    /// <summary>Filters one frame.</summary>
    /// <param name="logEnergies">Natural logarithms of the bands' power.</param>
    /// <returns>The filtered logarithms, until the next call.</returns>
    public ReadOnlySpan<float> Next(ReadOnlySpan<float> logEnergies)
    {
        var bands = _output.Length;
        logEnergies[..bands].CopyTo(_history.AsSpan(_frame % Taps * bands));
        if (_frame >= Taps)
        {
            var newest = Past(0);
            var second = Past(1);
            var fourth = Past(3);
            var oldest = Past(4);
            for (var band = 0; band < bands; band++)
            {
                var slope = (2 * (newest[band] - oldest[band])) + second[band] - fourth[band];
                _output[band] = (Pole * _output[band]) + (0.1f * slope);
            }
        }

        _frame++;
        return _output;
    }

    private ReadOnlySpan<float> Past(int frames) => _history.AsSpan((_frame - frames) % Taps * _output.Length, _output.Length);
}
