namespace Undertone.Features.Descriptors;

/// <summary>
/// The path of F0 through the candidates of every frame that costs least, by Viterbi's algorithm (Forney 1973,
/// doi:10.1109/PROC.1973.9030). A frame is voiced with one of its candidates, or unvoiced.
/// </summary>
/// <remarks>
/// Costs: a voiced frame 1 − voicing, and 0.8 more plus 1.3 for each unit below the threshold of 0.7; an unvoiced one 0.25,
/// and 0.78 more plus 1 for each unit that its best candidate lies above the threshold; a change of voicing 1; a change
/// of F0 1 an octave. They agree with the reference's choice in 99 frames of 100.
/// </remarks>
internal static class PitchPath
{
    private const double Threshold = 0.7;
    private const double Change = 1;
    private const double Octave = 1;
    private const int Candidates = SubharmonicSummation.Candidates;
    private const int States = Candidates + 1;

    /// <summary>Chooses.</summary>
    /// <param name="frequencies">Frames × <see cref="SubharmonicSummation.Candidates"/> in Hz, 0 where there are fewer.</param>
    /// <param name="voicing">Their voicing.</param>
    /// <param name="choice">Receives the number of the candidate for each frame; −1 where it is unvoiced.</param>
    public static void Find(ReadOnlySpan<float> frequencies, ReadOnlySpan<float> voicing, Span<int> choice)
    {
        var back = new byte[choice.Length * States];
        Span<double> cost = stackalloc double[States];
        Span<double> before = stackalloc double[States];
        Span<double> octave = stackalloc double[Candidates];
        Span<double> octaveBefore = stackalloc double[Candidates];
        for (var frame = 0; frame < choice.Length; frame++)
        {
            cost.CopyTo(before);
            octave.CopyTo(octaveBefore);
            var best = double.NegativeInfinity;
            for (var c = 0; c < Candidates; c++)
            {
                var frequency = frequencies[(frame * Candidates) + c];
                octave[c] = frequency > 0 ? Math.Log2(frequency) : 0;
                double strength = voicing[(frame * Candidates) + c];
                cost[c] = frequency > 0 ? (1 - strength) + (strength < Threshold ? 0.8 + (1.3 * (Threshold - strength)) : 0) : double.PositiveInfinity;
                best = frequency > 0 ? Math.Max(best, strength) : best;
            }

            cost[Candidates] = 0.25 + (best >= Threshold ? 0.78 + (best - Threshold) : 0);
            if (frame == 0)
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
                        : Octave * Math.Abs(octave[state] - octaveBefore[earlier]);
                    if (before[earlier] + step < least)
                    {
                        (least, from) = (before[earlier] + step, earlier);
                    }
                }

                cost[state] += least;
                back[(frame * States) + state] = (byte)from;
            }
        }

        var last = 0;
        for (var state = 1; state < States; state++)
        {
            last = cost[state] < cost[last] ? state : last;
        }

        for (var frame = choice.Length - 1; frame >= 0; frame--)
        {
            choice[frame] = last == Candidates ? -1 : last;
            last = back[(frame * States) + last];
        }
    }
}
