using System.Globalization;
using Undertone.Speech;

namespace Undertone.Preprocessing;

/// <summary>
/// Cuts silence before the first and after the last sound. A frame of 25 ms sounds when its energy is at most so many
/// decibels below that of the recording's loudest frame, so the recording's level does not matter. Pauses inside stay.
/// </summary>
/// <remarks>
/// Corpora differ in how much silence they keep around the speech. Statistics over whole recordings then measure the
/// silence, and a system trained on one corpus takes another's silence for an emotion.
/// </remarks>
public static class SilenceTrimming
{
    private const double FrameSeconds = 0.025;
    private const double HopSeconds = 0.010;

    /// <summary>Trims a recording.</summary>
    /// <param name="waveform">Mono audio.</param>
    /// <param name="decibels">How far below the loudest frame still sounds, dB; greater than 0.</param>
    /// <param name="hangOver">What is kept of the silence at either end, seconds; at least 0.</param>
    /// <returns>The part that sounds with its hang-over; the recording itself where all of it is digital silence or shorter than a frame.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is not as described.</exception>
    public static Waveform Apply(Waveform waveform, double decibels, double hangOver)
    {
        ArgumentNullException.ThrowIfNull(waveform);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(decibels);
        ArgumentOutOfRangeException.ThrowIfNegative(hangOver);
        var samples = waveform.Samples;
        var frame = (int)Math.Round(FrameSeconds * waveform.SampleRate);
        var hop = (int)Math.Round(HopSeconds * waveform.SampleRate);
        if (samples.Length < frame)
        {
            return waveform;
        }

        var energies = Energies(samples, frame, hop);
        var threshold = energies.Max() * Math.Pow(10, -decibels / 10);
        if (threshold <= 0)
        {
            return waveform;
        }

        var first = Array.FindIndex(energies, e => e >= threshold);
        var last = Array.FindLastIndex(energies, e => e >= threshold);
        var margin = (int)Math.Round(hangOver * waveform.SampleRate);
        var start = Math.Max(0, (first * hop) - margin);
        var end = Math.Min(samples.Length, (last * hop) + frame + margin);
        return start == 0 && end == samples.Length ? waveform : waveform with { Samples = samples[start..end] };
    }

    internal static string Describe(double decibels, double hangOver) =>
        string.Create(CultureInfo.InvariantCulture, $"trim-{decibels}-{hangOver}");

    /// <summary>The energy of each frame; the last one ends with the recording, so that a sound at its very end is heard.</summary>
    private static double[] Energies(float[] samples, int frame, int hop)
    {
        var count = 1 + ((samples.Length - frame + hop - 1) / hop);
        var energies = new double[count];
        for (var i = 0; i < count; i++)
        {
            var start = Math.Min(i * hop, samples.Length - frame);
            double sum = 0;
            foreach (var sample in samples.AsSpan(start, frame))
            {
                sum += (double)sample * sample;
            }

            energies[i] = sum;
        }

        return energies;
    }
}
