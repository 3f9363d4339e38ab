namespace Undertone.Features.Descriptors;

/// <summary>
/// The path of F0 through the candidates of every frame that costs least, by Viterbi's algorithm (Forney 1973,
/// doi:10.1109/PROC.1973.9030). A frame is voiced with one of its candidates, or unvoiced. One object serves one recording
/// after the other, and one thread at a time.
/// </summary>
/// <remarks>
/// The reference does not publish its costs; these are fitted to every other recording of EMO-DB and to frames whose F0 is
/// known, and give the same mean F0 in three of four recordings, of those fitted to and of the others alike. What a step
/// between voiced frames costs depends on the order of the candidates: it is the leap, and how much the leap differs from
/// the one looked at just before, which came from the preceding candidate of the earlier frame (meant, it seems, was the
/// leap before on the path). So of two candidates close to each other not the better voiced one may win.
/// </remarks>
internal sealed class PitchPath
{
    private const double Threshold = 0.7;

    // A voiced frame costs this times (1 − voicing), and this more where its voicing is below the threshold.
    private const double Unvoicing = 1.8;
    private const double BelowThreshold = 4.3;

    // An unvoiced frame costs this, and this more where a candidate reaches the threshold.
    private const double Unvoiced = 0.5;
    private const double Missed = 4.5;

    // The end and the start of a voiced stretch.
    private const double End = 10;
    private const double Start = 0.5;

    // A leap by an octave, and a leap an octave wider than the one looked at before.
    private const double Leap = 3.6;

    // F0 below 95 Hz, by the octave, and above 450 Hz, at once.
    private const double Low = 0.6;
    private const double High = 0.5;
    private static readonly double LowFrom = Math.Log2(95);
    private static readonly double HighFrom = Math.Log2(450);

    private const int Candidates = SubharmonicSummation.Candidates;
    private const int States = Candidates + 1;

    private readonly double[] _cost = new double[States];
    private readonly double[] _octave = new double[Candidates];
    private byte[] _back = [];

    /// <summary>How many frames there are.</summary>
    public int Frames { get; private set; }

    /// <summary>Forgets the recording.</summary>
    public void Clear() => Frames = 0;

    /// <summary>Takes the next frames.</summary>
    /// <param name="frequencies">Frames × <see cref="SubharmonicSummation.Candidates"/> in Hz, 0 where there are fewer.</param>
    /// <param name="voicing">Their voicing, as many.</param>
    public void Add(ReadOnlySpan<float> frequencies, ReadOnlySpan<float> voicing)
    {
        var (first, count) = (Frames, frequencies.Length / Candidates);
        Frames += count;
        if (_back.Length < Frames * States)
        {
            Array.Resize(ref _back, Math.Max(Frames * States, _back.Length + (_back.Length / 2)));
        }

        var back = _back.AsSpan(first * States);
        Span<double> cost = _cost;
        Span<double> octave = _octave;
        Span<double> before = stackalloc double[States];
        Span<double> octaveBefore = stackalloc double[Candidates];
        for (var frame = 0; frame < count; frame++)
        {
            cost.CopyTo(before);
            octave.CopyTo(octaveBefore);
            var best = double.NegativeInfinity;
            for (var c = 0; c < Candidates; c++)
            {
                var frequency = frequencies[(frame * Candidates) + c];
                octave[c] = frequency > 0 ? Math.Log2(frequency) : 0;
                double strength = voicing[(frame * Candidates) + c];
                cost[c] = frequency > 0 ? Voiced(octave[c], strength) : double.PositiveInfinity;
                best = frequency > 0 ? Math.Max(best, strength) : best;
            }

            cost[Candidates] = Unvoiced + (best >= Threshold ? Missed : 0);
            if (first + frame == 0)
            {
                continue;
            }

            for (var state = 0; state < States; state++)
            {
                var (least, from) = (double.PositiveInfinity, Candidates);
                var lastLeap = 0.0;
                for (var earlier = 0; earlier < States; earlier++)
                {
                    double step;
                    if (state < Candidates && earlier < Candidates)
                    {
                        var leap = octave[state] - octaveBefore[earlier];
                        step = Leap * (Math.Abs(leap) + Math.Abs(leap - lastLeap));
                        lastLeap = leap;
                    }
                    else
                    {
                        step = state == earlier ? 0 : state == Candidates ? End : Start;
                    }

                    if (before[earlier] + step < least)
                    {
                        (least, from) = (before[earlier] + step, earlier);
                    }
                }

                cost[state] += least;
                back[(frame * States) + state] = (byte)from;
            }
        }
    }

    /// <summary>Chooses.</summary>
    /// <param name="choice">Receives the number of the candidate for each frame; −1 where it is unvoiced.</param>
    public void Find(Span<sbyte> choice)
    {
        var last = 0;
        for (var state = 1; state < States; state++)
        {
            last = _cost[state] < _cost[last] ? state : last;
        }

        for (var frame = Frames - 1; frame >= 0; frame--)
        {
            choice[frame] = (sbyte)(last == Candidates ? -1 : last);
            last = _back[(frame * States) + last];
        }
    }

    private static double Voiced(double octave, double voicing) =>
        (Unvoicing * (1 - voicing)) + (voicing < Threshold ? BelowThreshold : 0)
        + (Low * Math.Max(0, LowFrom - octave)) + (octave > HighFrom ? High : 0);
}
