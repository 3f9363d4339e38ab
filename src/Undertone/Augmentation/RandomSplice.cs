using Undertone.Speech;

namespace Undertone.Augmentation;

/// <summary>
/// Cuts the recording into pieces and joins them in random order: the words lose their sense, the voice keeps its
/// manner. Joints are faded, so that none clicks.
/// </summary>
public sealed record RandomSplice : WaveformAugmentation
{
    private const double FadeSeconds = 0.005;

    /// <summary>The mean length of a piece, seconds.</summary>
    public double Piece { get; init; } = 0.5;

    /// <inheritdoc/>
    public override Waveform Apply(Waveform waveform, SeededRandom random, AugmentationSounds sounds)
    {
        ArgumentNullException.ThrowIfNull(waveform);
        ArgumentNullException.ThrowIfNull(random);
        var samples = waveform.Samples;
        var count = (int)Math.Round(waveform.Seconds / Piece);
        if (count < 2 || samples.Length < 2 * count)
        {
            return waveform;
        }

        // Cuts lie evenly, each moved by up to a quarter of a piece.
        var cuts = new int[count + 1];
        cuts[count] = samples.Length;
        for (var i = 1; i < count; i++)
        {
            cuts[i] = (int)((i + Between(-0.25, 0.25, random)) * samples.Length / count);
        }

        var order = Enumerable.Range(0, count).ToArray();
        random.Shuffle(order.AsSpan());
        var fade = (int)Math.Round(FadeSeconds * waveform.SampleRate);
        var spliced = new float[samples.Length];
        var at = 0;
        foreach (var piece in order)
        {
            var target = spliced.AsSpan(at, cuts[piece + 1] - cuts[piece]);
            samples.AsSpan(cuts[piece], target.Length).CopyTo(target);
            Fade(target, Math.Min(fade, target.Length / 2), at > 0, at + target.Length < samples.Length);
            at += target.Length;
        }

        return waveform with { Samples = spliced };
    }

    private protected override IEnumerable<(string Name, object? Value, bool Possible, string Expected)> Checks() =>
        [("piece", Piece, Piece is >= 0.02 and <= 3600, "at least 0.02 (seconds)")];

    private static void Fade(Span<float> piece, int length, bool isJoinedBefore, bool isJoinedAfter)
    {
        for (var i = 0; i < length; i++)
        {
            var weight = (i + 0.5f) / length;
            piece[i] *= isJoinedBefore ? weight : 1;
            piece[^(i + 1)] *= isJoinedAfter ? weight : 1;
        }
    }
}
