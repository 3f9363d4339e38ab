namespace Undertone.Speech;

/// <summary>
/// A resonance of the vocal tract: a two-pole filter of unit gain at 0 Hz (D. H. Klatt, Software for a cascade/parallel
/// formant synthesizer, JASA 67, 971–995, 1980, doi:10.1121/1.383940, equations 1 and 2).
/// </summary>
internal struct DemoVoiceResonator
{
    private double _a;
    private double _b;
    private double _c;
    private double _y1;
    private double _y2;

    /// <summary>Tunes the resonance.</summary>
    /// <param name="hertz">Centre frequency in Hz.</param>
    /// <param name="bandwidth">Bandwidth in Hz.</param>
    public void Tune(double hertz, double bandwidth)
    {
        const double Step = 1.0 / Waveform.StandardRate;
        _c = -Math.Exp(-2 * Math.PI * bandwidth * Step);
        _b = 2 * Math.Exp(-Math.PI * bandwidth * Step) * Math.Cos(2 * Math.PI * hertz * Step);
        _a = 1 - _b - _c;
    }

    /// <summary>Filters one sample.</summary>
    /// <param name="x">The input.</param>
    /// <returns>The output.</returns>
    public double Next(double x)
    {
        var y = (_a * x) + (_b * _y1) + (_c * _y2);
        _y2 = _y1;
        _y1 = y;
        return y;
    }
}
