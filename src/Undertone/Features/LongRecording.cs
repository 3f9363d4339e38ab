using Undertone.Features.Descriptors;

namespace Undertone.Features;

/// <summary>
/// How a recording is analysed in blocks whose values are those of the whole: spectra and candidates of F0 first; then, the
/// path of F0 known, the voice.
/// </summary>
internal static class LongRecording
{
    /// <summary>The frames of 10 ms of a block: a multiple of what spectra are laid out in.</summary>
    public const int BlockFrames = 960;

    private const int Hop = 160;

    // A voice's periods are looked for behind the last frame: at most three periods of 50 Hz, and as much again.
    private const int VoiceReach = 4096;

    /// <summary>Analyses frames of audio, beginning at the audio's beginning.</summary>
    /// <param name="samples">The audio: all of the frames, and more.</param>
    /// <param name="shortFrames">How many frames of 20 ms; in the last block a few more than long ones.</param>
    /// <param name="longFrames">How many frames of 60 ms.</param>
    public delegate void BlockAnalysis(ReadOnlySpan<float> samples, int shortFrames, int longFrames);

    /// <summary>Analyses the voice of frames that begin at the samples' beginning.</summary>
    /// <param name="samples">The audio: all of the frames, and what follows.</param>
    /// <param name="first">The first frame.</param>
    /// <param name="pitch">F0 in Hz, one value a frame.</param>
    public delegate void VoiceAnalysis(ReadOnlySpan<float> samples, int first, ReadOnlySpan<float> pitch);

    /// <summary>Goes through a recording once.</summary>
    /// <param name="window">The recording.</param>
    /// <param name="shortest">Shorter audio is filled up with silence to so many samples.</param>
    /// <param name="analyse">Takes the blocks in their order.</param>
    public static void ForEachBlock(SampleWindow window, int shortest, BlockAnalysis analyse)
    {
        const int wanted = (BlockFrames * Hop) + HarmonicSpectra.FrameLength;
        for (var first = 0; ; first += BlockFrames)
        {
            var samples = window.From(first * Hop, wanted);
            if (samples.Length == wanted)
            {
                analyse(samples, BlockFrames, BlockFrames);
                continue;
            }

            if (samples.Length < shortest)
            {
                samples = Padded(samples, shortest);
            }

            analyse(
                samples,
                ShortTimeSpectra.Frames(samples.Length, EGeMapsContours.FrameLength, Hop),
                ShortTimeSpectra.Frames(samples.Length, HarmonicSpectra.FrameLength, Hop));
            return;
        }
    }

    /// <summary>
    /// Goes through a recording's voice. Blocks are cut where there is none, so that no period is parted from the one before:
    /// a block is as long as the longest voiced stretch where that is longer.
    /// </summary>
    /// <param name="window">The recording.</param>
    /// <param name="shortest">As for <see cref="ForEachBlock"/>.</param>
    /// <param name="pitch">F0 in Hz, one value a frame of 60 ms; 0 where there is no voice.</param>
    /// <param name="analyse">Takes the blocks in their order.</param>
    public static void ForEachVoice(SampleWindow window, int shortest, ReadOnlySpan<float> pitch, VoiceAnalysis analyse)
    {
        for (var first = 0; first < pitch.Length;)
        {
            var end = End(pitch, first);
            var samples = window.From(first * Hop, ((end - first) * Hop) + VoiceReach);
            analyse(samples.Length < shortest && first == 0 ? Padded(samples, shortest) : samples, first, pitch[first..end]);
            first = end;
        }
    }

    private static int End(ReadOnlySpan<float> pitch, int first)
    {
        var end = Math.Min(first + BlockFrames, pitch.Length);
        var cut = end;
        while (cut > first && cut < pitch.Length && pitch[cut] > 0)
        {
            cut--;
        }

        if (cut > first)
        {
            return cut;
        }

        while (end < pitch.Length && pitch[end] > 0)
        {
            end++;
        }

        return end;
    }

    private static float[] Padded(ReadOnlySpan<float> samples, int length)
    {
        var padded = new float[length];
        samples.CopyTo(padded);
        return padded;
    }
}
