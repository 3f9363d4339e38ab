namespace Undertone.Speech;

/// <summary>
/// The vocal folds: pulses of the shape t² − t³ over the open part of each period (D. H. Klatt and L. C. Klatt, Analysis,
/// synthesis, and perception of voice quality variations, JASA 87, 820–857, 1990, doi:10.1121/1.398894: KLGLOTT88, after
/// Rosenberg 1971), each period with its own duration and amplitude, then a one-pole filter for the spectrum's tilt.
/// </summary>
/// <remarks>
/// A sample is the mean of the flow's derivative over its duration, from the flow at its two ends: so periods need not be
/// whole samples, and the step at closure aliases less.
/// </remarks>
internal sealed class DemoVoiceSource
{
    private const double Silent = 0.01;

    private readonly DemoVoicePlan _plan;
    private readonly SeededRandom _random;
    private readonly double _pole;
    private readonly List<GlottalPeriod> _periods = [];
    private double _start;
    private double _end;
    private double _amplitude;
    private double _lastFlow;
    private double _tilted;
    private bool _voiced;

    public DemoVoiceSource(DemoVoicePlan plan, SeededRandom random)
    {
        _plan = plan;
        _random = random;
        _pole = Pole(plan.TiltDb);
    }

    /// <summary>The periods so far.</summary>
    public IReadOnlyList<GlottalPeriod> Periods => _periods;

    /// <summary>Whether the glottis is open at the last sample: aspiration is stronger then.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>The next sample of the differentiated, tilted flow, without the amplitude track.</summary>
    /// <param name="index">The sample's number.</param>
    /// <param name="step">The control step that it lies in.</param>
    public double Next(int index, int step)
    {
        const double Duration = 1.0 / Waveform.StandardRate;
        var until = (index + 1) * Duration;
        double derivative = 0;
        var from = _lastFlow;

        // The period that is in progress ends within this sample: the flow is zero at the seam.
        if (until >= _end)
        {
            var silent = _plan.Voice[step] < Silent;
            var begin = _voiced ? _end : index * Duration;
            derivative -= from;
            from = 0;
            if (silent)
            {
                _voiced = false;
                _start = until;
                _end = until;
            }
            else
            {
                Begin(begin, _plan.Pitch[step]);
            }
        }

        var flow = _voiced ? Flow(until) : 0;
        derivative += flow - from;
        _lastFlow = flow;
        _tilted = ((1 - _pole) * derivative / Duration) + (_pole * _tilted);
        return _tilted;
    }

    private void Begin(double begin, double pitch)
    {
        // Beyond three deviations a period would be heard as a break, not as roughness.
        var seconds = (1 + (_plan.PeriodDeviation * Math.Clamp(_random.NextGaussian(), -3, 3))) / pitch;
        _amplitude = 1 + (_plan.AmplitudeDeviation * Math.Clamp(_random.NextGaussian(), -3, 3));
        _periods.Add(new GlottalPeriod(begin, seconds, _amplitude, _voiced));
        _start = begin;
        _end = begin + seconds;
        _voiced = true;
    }

    private double Flow(double time)
    {
        var open = _plan.OpenQuotient * (_end - _start);
        var x = (time - _start) / open;
        IsOpen = x < 1;

        // Scaled so that the derivative at closure, which excites the tract, is the amplitude.
        return x is > 0 and < 1 ? _amplitude * open * ((x * x) - (x * x * x)) : 0;
    }

    // The pole that gives a one-pole low-pass a loss of so many dB at 3 kHz.
    private static double Pole(double decibels)
    {
        if (decibels <= 0)
        {
            return 0;
        }

        var gain = Math.Pow(10, -decibels / 10);
        var cosine = Math.Cos(2 * Math.PI * 3000 / Waveform.StandardRate);
        var half = (1 - (gain * cosine)) / (1 - gain);
        return half - Math.Sqrt((half * half) - 1);
    }
}
