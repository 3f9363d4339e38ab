using Undertone.Speech;

namespace Undertone.Preprocessing;

/// <summary>How long recordings are cut into utterances.</summary>
public sealed record SegmentationOptions
{
    /// <summary>A pause at least this long ends a segment, seconds.</summary>
    public double Pause { get; init; } = 0.4;

    /// <summary>The longest segment, seconds: a longer one is cut at its quietest place.</summary>
    public double Longest { get; init; } = 10;

    /// <summary>Less speech than this between pauses is no segment, seconds.</summary>
    public double Shortest { get; init; } = 0.25;

    /// <summary>What a segment keeps of the pause at either end, seconds.</summary>
    public double HangOver { get; init; } = VoiceActivityDetection.DefaultHangOver;
}

/// <summary>
/// Cuts a long recording into utterances at its pauses, which <see cref="VoiceActivityDetection"/> finds: emotions change
/// within a call, and systems are trained on utterances.
/// </summary>
public static class Segmentation
{
    private const double QuietSeconds = 0.025;

    /// <summary>Finds the segments.</summary>
    /// <param name="waveform">Mono audio.</param>
    /// <param name="options">Pauses and lengths; null for the defaults.</param>
    /// <returns>Segments in order, none overlapping another; none where nobody speaks.</returns>
    /// <exception cref="UndertoneException">An option is negative, or the longest segment is not longer than the shortest.</exception>
    public static IReadOnlyList<SpeechRegion> Find(Waveform waveform, SegmentationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(waveform);
        options ??= new SegmentationOptions();
        if (!(options.Pause >= 0 && options.HangOver >= 0 && options.Shortest >= 0 && options.Longest > Math.Max(options.Shortest, 0.2)))
        {
            throw new UndertoneException(FormattableString.Invariant(
                $"segments of {options.Shortest} to {options.Longest} s with pauses of {options.Pause} s and a hang-over of {options.HangOver} s cannot be; expected none negative, and the longest above the shortest and above 0.2 s."));
        }

        int Samples(double seconds) => (int)Math.Round(Math.Min(seconds, 1e5) * waveform.SampleRate);
        var joined = new List<SpeechRegion>();
        foreach (var region in VoiceActivityDetection.Detect(waveform, 0))
        {
            if (joined.Count > 0 && region.Start - joined[^1].End < Samples(options.Pause))
            {
                joined[^1] = joined[^1] with { End = region.End };
            }
            else
            {
                joined.Add(region);
            }
        }

        joined.RemoveAll(r => r.Length < Samples(options.Shortest));
        var segments = new List<SpeechRegion>();
        var margin = Samples(options.HangOver);
        for (var i = 0; i < joined.Count; i++)
        {
            // Neighbours share the pause between them where both hang-overs do not fit into it.
            var left = i == 0 ? 0 : (joined[i - 1].End + joined[i].Start) / 2;
            var right = i == joined.Count - 1 ? waveform.Samples.Length : (joined[i].End + joined[i + 1].Start) / 2;
            segments.AddRange(Pieces(
                waveform, new SpeechRegion(Math.Max(left, joined[i].Start - margin), Math.Min(right, joined[i].End + margin)), Samples(options.Longest)));
        }

        return segments;
    }

    /// <summary>A segment's waveform.</summary>
    /// <param name="waveform">The recording.</param>
    /// <param name="segment">One of its segments.</param>
    public static Waveform Cut(Waveform waveform, SpeechRegion segment)
    {
        ArgumentNullException.ThrowIfNull(waveform);
        return waveform with { Samples = waveform.Samples[segment.Start..segment.End] };
    }

    private static IEnumerable<SpeechRegion> Pieces(Waveform waveform, SpeechRegion segment, int longest)
    {
        while (segment.Length > longest)
        {
            // The last piece is not to be a scrap: what is left is shared between both where it is less than two lengths.
            var from = segment.Start + (Math.Min(longest, segment.Length / 2) / 2);
            var at = Quietest(waveform, from, segment.Start + longest);
            yield return segment with { End = at };
            segment = segment with { Start = at };
        }

        yield return segment;
    }

    private static int Quietest(Waveform waveform, int from, int to)
    {
        var frame = Math.Max(1, (int)Math.Round(QuietSeconds * waveform.SampleRate));
        var (best, lowest) = ((from + to) / 2, double.PositiveInfinity);
        for (var start = from; start + frame <= to; start += frame)
        {
            double energy = 0;
            foreach (var sample in waveform.Samples.AsSpan(start, frame))
            {
                energy += (double)sample * sample;
            }

            if (energy < lowest)
            {
                (best, lowest) = (start + (frame / 2), energy);
            }
        }

        return best;
    }
}
