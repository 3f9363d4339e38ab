namespace Undertone.Features.Descriptors;

/// <summary>
/// Jitter and shimmer: how much neighbouring periods of the voice differ in length and in amplitude, period by period from
/// the waveform, as openSMILE's sets have them. A period is as long as the shift near 1/F0 at which the waveform resembles
/// itself best (waveform matching, Titze &amp; Liang 1993, doi:10.1044/jshr.3606.1120).
/// </summary>
/// <remarks>
/// Found by comparing with the reference's values, which these are to five digits:
/// <list type="bullet">
/// <item>Periods follow each other through a voiced stretch, the first at the start of its first frame. A frame takes those
/// that, together with the longest period to be searched behind them, end within its hop; at least one, be it that one lies
/// beyond. A frame that begins within a period has none.</item>
/// <item>As many samples are compared as the shift is long, both parts without their mean. Only a maximum between its
/// neighbours counts, never an end of the range; its place and height are those of a parabola. A pair below the least
/// correlation is passed over.</item>
/// <item>The amplitude of a period is its range without the first and the last sample.</item>
/// <item>A frame in which no pair passed keeps the values of the one before. One that has no period at all keeps shimmer,
/// and has no jitter.</item>
/// </list>
/// One object serves one thread at a time.
/// </remarks>
internal sealed class PeriodPerturbation
{
    private const double LeastCorrelation = 0.5;

    // Two periods and the samples on either side of them must lie in a frame's hop.
    private const int Margin = 4;

    private readonly int _sampleRate;
    private readonly int _hop;
    private readonly double _searchRange;
    private readonly PeriodMatch _match = new();
    private int _next;
    private double? _lastLength;
    private double? _lastChange;
    private double _jitter;
    private double _jitterOfDifferences;
    private double _shimmer;

    /// <summary>Makes it.</summary>
    /// <param name="sampleRate">In Hz.</param>
    /// <param name="hop">The distance between frames, in samples.</param>
    /// <param name="searchRange">How far a period may differ from 1/F0, as a share of it.</param>
    public PeriodPerturbation(int sampleRate, int hop, double searchRange) => (_sampleRate, _hop, _searchRange) = (sampleRate, hop, searchRange);

    /// <summary>Measures every frame.</summary>
    /// <param name="samples">The audio.</param>
    /// <param name="pitch">F0 in Hz, one value a frame; 0 where there is no voice.</param>
    /// <param name="jitter">Receives the mean difference of neighbouring periods over the mean period, 0 to 1.</param>
    /// <param name="jitterOfDifferences">
    /// Receives the mean difference of neighbouring differences, both taken without their sign, over the mean period, 0 to 1
    /// (DDP). Empty where it is not wanted.
    /// </param>
    /// <param name="shimmer">Receives the mean difference of neighbouring amplitudes over the mean amplitude, 0 to 1.</param>
    public void Of(ReadOnlySpan<float> samples, ReadOnlySpan<float> pitch, Span<float> jitter, Span<float> jitterOfDifferences, Span<float> shimmer)
    {
        Forget();
        for (var frame = 0; frame < pitch.Length; frame++)
        {
            if (pitch[frame] > 0)
            {
                Compare(samples, frame * _hop, _sampleRate / (double)pitch[frame]);
            }
            else
            {
                Forget();
            }

            (jitter[frame], shimmer[frame]) = ((float)_jitter, (float)_shimmer);
            if (!jitterOfDifferences.IsEmpty)
            {
                jitterOfDifferences[frame] = (float)_jitterOfDifferences;
            }
        }
    }

    private void Forget()
    {
        _next = -1;
        (_lastLength, _lastChange) = (null, null);
        (_jitter, _jitterOfDifferences, _shimmer) = (0, 0, 0);
    }

    /// <summary>Compares the periods of a frame with each other and with the last one before.</summary>
    private void Compare(ReadOnlySpan<float> samples, int begin, double period)
    {
        if (_next < 0)
        {
            _next = begin;
        }
        else if (_next > begin - 2)
        {
            (_jitter, _jitterOfDifferences) = (0, 0);
            return;
        }

        var (shortest, longest) = ((int)(period * (1 - _searchRange)), (int)(period * (1 + _searchRange)));
        var reach = (2 * longest) + Margin;
        var end = Math.Min(Math.Max(begin + _hop, _next + reach), samples.Length);
        var (lengths, changes, secondChanges, amplitudes, amplitudeChanges) = (default(Sum), default(Sum), default(Sum), default(Sum), default(Sum));
        while (_next + reach <= end)
        {
            var at = samples[_next..];
            if (!_match.Find(at, shortest, longest))
            {
                _next += (int)(period + 0.5);
                continue;
            }

            var shift = _match.Shift;
            _next += shift;
            if (_match.Correlation < LeastCorrelation)
            {
                continue;
            }

            var (amplitude, following) = (PeriodMatch.Amplitude(at[..shift]), PeriodMatch.Amplitude(at.Slice(shift, shift)));
            amplitudes.Add((amplitude + following) / 2);
            amplitudeChanges.Add(Math.Abs(amplitude - following));
            lengths.Add(_match.Length);
            if (_lastLength is { } last)
            {
                var change = Math.Abs(_match.Length - last);
                changes.Add(change);
                if (_lastChange is { } lastChange)
                {
                    secondChanges.Add(Math.Abs(change - lastChange));
                }

                _lastChange = change;
            }

            _lastLength = _match.Length;
        }

        _jitter = changes.Over(lengths) ?? _jitter;
        _jitterOfDifferences = secondChanges.Over(lengths) ?? _jitterOfDifferences;
        _shimmer = amplitudeChanges.Over(amplitudes) ?? _shimmer;
    }

    /// <summary>A sum of so many.</summary>
    private struct Sum
    {
        private double _sum;
        private int _count;

        public void Add(double value)
        {
            _sum += value;
            _count++;
        }

        /// <summary>The mean over another's, at most 1; nothing where either is empty.</summary>
        public readonly double? Over(Sum other) =>
            _count == 0 || !(other._sum > 0) ? null : Math.Min(1, _sum / _count / (other._sum / other._count));
    }
}
