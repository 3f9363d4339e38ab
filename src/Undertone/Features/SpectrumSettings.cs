namespace Undertone.Features;

/// <summary>The shape of the analysis window.</summary>
public enum WindowShape
{
    /// <summary>Hann, periodic: 0.5 − 0.5·cos(2πn/N).</summary>
    Hann,

    /// <summary>Hamming, periodic: 0.54 − 0.46·cos(2πn/N).</summary>
    Hamming,

    /// <summary>Blackman, periodic: 0.42 − 0.5·cos(2πn/N) + 0.08·cos(4πn/N).</summary>
    Blackman,

    /// <summary>All ones.</summary>
    Rectangular,
}

/// <summary>What lies before the first and after the last sample where frames are centred.</summary>
public enum FramePadding
{
    /// <summary>The signal mirrored at its ends, the end samples not repeated (torchaudio).</summary>
    Reflect,

    /// <summary>Silence (librosa since 0.10).</summary>
    Zero,
}

/// <summary>The formula of the mel scale.</summary>
public enum MelScale
{
    /// <summary>2595·log10(1 + f/700): O'Shaughnessy 1987, as in HTK.</summary>
    Htk,

    /// <summary>Linear below 1 kHz, logarithmic above: Slaney's Auditory Toolbox, 1998.</summary>
    Slaney,
}

/// <summary>The height of the mel triangles.</summary>
public enum MelNormalisation
{
    /// <summary>Every triangle is 1 high.</summary>
    None,

    /// <summary>Every triangle has the same area: 2 / (its width in Hz) high.</summary>
    Slaney,
}

/// <summary>How energies x are compressed.</summary>
public enum LogCompression
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>ln(x + floor).</summary>
    Natural,

    /// <summary>ln(max(x, floor)).</summary>
    NaturalClamped,

    /// <summary>
    /// Decibels: 10·log10(max(x, floor) / max(reference, floor)) of powers, 20·log10 of magnitudes; then nothing
    /// further than the setting <c>top-decibels</c> below the utterance's greatest value.
    /// </summary>
    Decibel,
}

/// <summary>How changes over time are estimated.</summary>
public enum DeltaMethod
{
    /// <summary>
    /// Regression over the window, the end frames repeated beyond the ends; the second order is the delta of the
    /// delta (HTK book section 5.9; torchaudio's <c>compute_deltas</c>).
    /// </summary>
    Regression,

    /// <summary>
    /// Savitzky–Golay: the derivative of order n of a polynomial of degree n fitted over the window; near the ends
    /// that of the first and last whole window (librosa's <c>delta</c>, mode <c>interp</c>). Where the audio has fewer
    /// frames than the window, the window is the largest odd number of frames that fits; under three frames deltas
    /// are zero.
    /// </summary>
    SavitzkyGolay,
}
