namespace Undertone.Features.Descriptors;

/// <summary>
/// The path of F0 through the candidates of every frame that costs least, by Viterbi's algorithm (Forney 1973,
/// doi:10.1109/PROC.1973.9030). A frame is voiced with one of its candidates, or unvoiced. One object serves one recording
/// after the other, and one thread at a time.
/// </summary>
/// <remarks>
/// The costs are fitted to the reference's choices, whose candidates are these: they agree in 99 frames of 100.
/// </remarks>
internal sealed class PitchPath
{
    private const double Threshold = 0.7;

    // A voiced frame costs 1 − voicing, and below the threshold this and more the further it lies below.
    private const double BelowThreshold = 0.813;
    private const double BelowSlope = 1.43;

    // An unvoiced frame costs this, and more where a candidate passes the threshold.
    private const double Unvoiced = 0.282;
    private const double Missed = 0.772;
    private const double MissedSlope = 0.347;

    // A change between voiced and unvoiced, an octave's leap, and an octave below 185 Hz.
    private const double Change = 1;
    private const double Leap = 0.856;
    private const double Low = 0.057;
    private static readonly double LowFrom = Math.Log2(185);

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

            cost[Candidates] = Unvoiced + (best >= Threshold ? Missed + (MissedSlope * (best - Threshold)) : 0);
            if (first + frame == 0)
            {
                continue;
            }

            for (var state = 0; state < States; state++)
            {
                var (least, from) = (double.PositiveInfinity, Candidates);
                for (var earlier = 0; earlier < States; earlier++)
                {
                    var step = state == Candidates || earlier == Candidates
                        ? (state == earlier ? 0 : Change)
                        : Leap * Math.Abs(octave[state] - octaveBefore[earlier]);
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
        (1 - voicing) + (voicing < Threshold ? BelowThreshold + (BelowSlope * (Threshold - voicing)) : 0) + (Low * Math.Max(0, LowFrom - octave));
}
