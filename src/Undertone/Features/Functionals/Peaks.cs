namespace Undertone.Features.Functionals;

/// <summary>
/// Peaks and valleys of the contour, and the slopes between them. A peak is a local maximum that rises above the valley
/// before by at least a share of the range, a valley a local minimum that falls below the peak before by as much; the first
/// turn lies as far from the first frame. Of peaks between which there is no valley a later one counts only where it is
/// more than 5 % higher. The last two frames hold no turn.
/// </summary>
/// <param name="RelativeThreshold">The share of the range: 0.1.</param>
/// <remarks>
/// Distances are in seconds. <c>peakDistStddev</c> is about the mean distance between peaks, but of the distances of
/// each peak from the valley before it. Slopes begin with the one from the first frame to the first peak and end with
/// the one to the last frame, which counts in the mean, with its sign, but not in the sum of squares. Ratios beyond ±10 are
/// compressed towards ±20 (<see cref="Limited"/>).
/// </remarks>
public sealed record Peaks(double RelativeThreshold) : Functional
{
    private const double HigherBy = 1.05;

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureDescription> Describe(string unit) =>
    [
        new("meanPeakDist", "s", FunctionalSources.Book),
        new("peakDistStddev", "s", FunctionalSources.Book),
        new("peakRangeAbs", unit, FunctionalSources.Book),
        new("peakRangeRel", "range", FunctionalSources.Book),
        new("peakMeanAbs", unit, FunctionalSources.Book),
        new("peakMeanMeanDist", unit, FunctionalSources.Book),
        new("peakMeanRel", "mean", FunctionalSources.Book),
        new("minRangeRel", "range", FunctionalSources.Book),
        new("meanRisingSlope", Per(unit, "s"), FunctionalSources.Book),
        new("stddevRisingSlope", Per(unit, "s"), FunctionalSources.Book),
        new("meanFallingSlope", Per(unit, "s"), FunctionalSources.Book),
        new("stddevFallingSlope", Per(unit, "s"), FunctionalSources.Book),
    ];

    /// <summary>
    /// A ratio that is compressed from ±10 on and never beyond ±20: 20 − 10·exp(−0.134·((1 + d/0.89)^0.664 − 1)) with d
    /// what it has beyond 10; smooth at 10.
    /// </summary>
    /// <param name="ratio">The ratio.</param>
    public static double Limited(double ratio)
    {
        var beyond = Math.Abs(ratio) - 10;
        return beyond <= 0
            ? ratio
            : Math.CopySign(20 - (10 * Math.Exp(-0.134024 * (Math.Pow(1 + (beyond / 0.889561), 0.663726) - 1))), ratio);
    }

    /// <inheritdoc/>
    public override void Compute(Contour contour, Span<double> to)
    {
        ArgumentNullException.ThrowIfNull(contour);
        to[..12].Clear();
        var gathered = new Gathered(contour, to);
        var values = contour.Values;
        var threshold = RelativeThreshold * contour.Range;

        // The last turn may still move to a more extreme one, so it is handed on when the next is found.
        var (at, peak) = (-1, false);
        for (var i = 1; i < values.Length - 2; i++)
        {
            var value = values[i];
            var isPeak = value > values[i - 1] && value > values[i + 1];
            if (!isPeak && !(value < values[i - 1] && value < values[i + 1]))
            {
                continue;
            }

            if (at < 0)
            {
                (at, peak) = Math.Abs((double)value - values[0]) >= threshold ? (i, isPeak) : (at, peak);
            }
            else if (peak == isPeak)
            {
                at = (isPeak ? value > values[at] * HigherBy : value < values[at]) ? i : at;
            }
            else if ((isPeak ? (double)value - values[at] : (double)values[at] - value) >= threshold)
            {
                gathered.Add(at, peak);
                (at, peak) = (i, isPeak);
            }
        }

        if (at >= 0)
        {
            gathered.Add(at, peak);
        }

        gathered.Write();
    }

    /// <summary>What is summed over peaks and valleys, in two passes for standard deviations.</summary>
    private ref struct Gathered(Contour contour, Span<double> to)
    {
        private readonly Contour _contour = contour;
        private readonly Span<double> _to = to;
        private Sums _rising;
        private Sums _falling;
        private Sums _rises;
        private double _peaks;
        private double _highest;
        private double _lowest;
        private double _greatestValley;
        private double _leastValley;
        private int _count;
        private int _valleys;
        private int _first;
        private int _lastPeak;
        private int _last;

        public void Add(int at, bool peak)
        {
            var value = _contour.Values[at];
            if (peak)
            {
                _highest = _count == 0 ? value : Math.Max(_highest, value);
                _lowest = _count == 0 ? value : Math.Min(_lowest, value);
                _peaks += value;
                if (_count == 0)
                {
                    _first = at;
                }
                else
                {
                    _rises.Add(at - _last);
                }

                _rising.Add(Slope(_last, at));
                _count++;
                _lastPeak = at;
            }
            else
            {
                _greatestValley = _valleys == 0 ? value : Math.Max(_greatestValley, value);
                _leastValley = _valleys == 0 ? value : Math.Min(_leastValley, value);
                _falling.Add(-Slope(_last, at));
                _valleys++;
            }

            _last = at;
        }

        public void Write()
        {
            if (_count + _valleys == 0)
            {
                return;
            }

            if (_count > 1)
            {
                var distance = (double)(_lastPeak - _first) / (_count - 1);
                _to[0] = distance / Contour.FramesPerSecond;
                _to[1] = _rises.DeviationAbout(distance, _count - 1) / Contour.FramesPerSecond;
            }

            if (_count > 0)
            {
                var mean = _peaks / _count;
                _to[2] = _highest - _lowest;
                _to[3] = Ratio(_to[2], _contour.Range);
                _to[4] = mean;
                _to[5] = mean - _contour.Mean;
                _to[6] = Limited(Ratio(mean, _contour.Mean));
            }

            _to[7] = Ratio(_greatestValley - _leastValley, _contour.Range);
            var tail = _last < _contour.Count - 1 ? Slope(_last, _contour.Count - 1) : (double?)null;
            var endsInPeak = _count > 0 && _last == _lastPeak;
            _rising.Write(endsInPeak ? null : tail, _to[8..]);
            _falling.Write(endsInPeak ? tail : null, _to[10..]);
        }

        private readonly double Slope(int from, int to)
        {
            var values = _contour.Values;
            return ((double)values[to] - values[from]) / (to - from) * Contour.FramesPerSecond;
        }
    }

    /// <summary>A sum and a sum of squares.</summary>
    private struct Sums
    {
        private double _sum;
        private double _squares;
        private int _count;

        public void Add(double value)
        {
            _sum += value;
            _squares += value * value;
            _count++;
        }

        public readonly double DeviationAbout(double centre, int count) =>
            Math.Sqrt(Math.Max(0, _squares - (2 * centre * _sum) + (_count * centre * centre)) / count);

        /// <summary>The mean with the tail, and the deviation of the others about it.</summary>
        public readonly void Write(double? tail, Span<double> to)
        {
            var count = _count + (tail is null ? 0 : 1);
            if (count > 0)
            {
                to[0] = (_sum + (tail ?? 0)) / count;
                to[1] = DeviationAbout(to[0], count);
            }
        }
    }
}
