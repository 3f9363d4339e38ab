using Undertone.Emotions;
using Undertone.Speech;

namespace Undertone.Preprocessing.InputChecks;

/// <summary>Keeps what training recordings are like, and warns of recordings that are unlike them.</summary>
public static class InputCheck
{
    private const double LowPercentile = 0.01;
    private const double HighPercentile = 0.99;

    /// <summary>Measures the recordings that a model is trained on.</summary>
    /// <param name="recordings">Mono audio, 16 kHz; walked through once.</param>
    /// <returns>A range for each measure, by its name; none where there are no recordings.</returns>
    public static IReadOnlyDictionary<string, InputRange> RangesOf(IEnumerable<Waveform> recordings)
    {
        ArgumentNullException.ThrowIfNull(recordings);
        var rows = recordings.Select(r => InputMeasure.All.Select(m => m.Of(r)).ToArray()).ToList();
        return InputMeasure.All
            .Select((measure, i) => (measure.Name, Values: rows.Select(r => r[i]).Order().ToList()))
            .Where(m => m.Values.Count > 0)
            .ToDictionary(m => m.Name, m => new InputRange(Percentile(m.Values, LowPercentile), Percentile(m.Values, HighPercentile)), StringComparer.Ordinal);
    }

    /// <summary>Checks a recording.</summary>
    /// <param name="training">What <see cref="RangesOf"/> gave of the training recordings; a measure that is not there is not checked.</param>
    /// <param name="waveform">Mono audio, 16 kHz.</param>
    /// <param name="preprocessing">What the model does to recordings before it hears them; null for nothing.</param>
    /// <returns>A warning for each measure in which it is unlike them; none where it is like them.</returns>
    public static IReadOnlyList<InputWarning> Warnings(IReadOnlyDictionary<string, InputRange> training, Waveform waveform, PreprocessingSettings? preprocessing = null)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(waveform);
        var warnings = new List<InputWarning>();
        foreach (var measure in InputMeasure.All)
        {
            if (!training.TryGetValue(measure.Name, out var range))
            {
                continue;
            }

            var value = measure.Of(waveform);
            var (least, greatest) = measure.Accepted(range, preprocessing);
            if (value < least || value > greatest)
            {
                warnings.Add(new InputWarning(measure.Name, Math.Round(value, 2), measure.Unit, range.Low, range.High, measure.Advice(value, value < least)));
            }

            // Of a recording that is too short or without speech nothing more is worth saying.
            if ((measure is InputLength && value < least) || (measure is InputSpeech && value == 0))
            {
                break;
            }
        }

        return warnings;
    }

    /// <summary>A percentile of sorted values, linear between neighbours; three decimals are enough for any of the units.</summary>
    private static double Percentile(List<double> sorted, double share)
    {
        var place = share * (sorted.Count - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Count - 1);
        return Math.Round(sorted[below] + ((place - below) * (sorted[above] - sorted[below])), 3);
    }
}
