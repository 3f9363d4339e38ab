using System.Buffers;

namespace Undertone.Speech;

/// <summary>An open file's audio, block by block: the mean of its channels at the rate that it has. Every sample is finite.</summary>
internal sealed class DecodedAudio(string path, SoundFileHandle file, SoundFile.Info info) : AudioReader
{
    private const int BlockSamples = 1 << 16;

    /// <summary>The frames before the first that is read.</summary>
    public long First { get; init; }

    /// <summary>Frames read so far.</summary>
    public long Count { get; private set; }

    /// <inheritdoc/>
    public override int SampleRate => info.SampleRate;

    /// <summary>Whether the format says how long the audio is.</summary>
    public static bool KeepsLength(SoundFile.Info info) =>
        (info.Format & SoundFile.TypeMask) is not (SoundFile.Mpeg or SoundFile.Ogg) && info.Frames != long.MaxValue;

    /// <inheritdoc/>
    public override int Read(Span<float> samples)
    {
        var done = 0;
        while (done < samples.Length)
        {
            var frames = info.Channels == 1 ? ReadMono(samples[done..]) : ReadMixed(samples[done..]);
            if (frames <= 0)
            {
                CheckEnd(Count + done);
                break;
            }

            done += frames;
        }

        CheckFinite(samples[..done]);
        Count += done;
        return Count <= (long)AudioFile.LongestSeconds * info.SampleRate
            ? done
            : throw new AudioException(path, $"is longer than {AudioFile.LongestSeconds / 3600} hours", "cut it into utterances");
    }

    /// <summary>A file that holds less than its header promises.</summary>
    public AudioException Truncated() =>
        AudioFile.Truncated(path, FormattableString.Invariant($"{First + Count} frames"), FormattableString.Invariant($"its header promises {info.Frames}"));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => file.Dispose();

    private unsafe int ReadMono(Span<float> samples)
    {
        fixed (float* to = samples)
        {
            return (int)SoundFile.ReadFrames(file, to, samples.Length);
        }
    }

    private unsafe int ReadMixed(Span<float> samples)
    {
        var wanted = Math.Min(samples.Length, Math.Max(1, BlockSamples / info.Channels));
        var block = ArrayPool<float>.Shared.Rent(wanted * info.Channels);
        try
        {
            int frames;
            fixed (float* to = block)
            {
                frames = (int)SoundFile.ReadFrames(file, to, wanted);
            }

            for (int frame = 0, at = 0; frame < frames; frame++, at += info.Channels)
            {
                double sum = 0;
                for (var channel = 0; channel < info.Channels; channel++)
                {
                    sum += block[at + channel];
                }

                samples[frame] = (float)(sum / info.Channels);
            }

            return frames;
        }
        finally
        {
            ArrayPool<float>.Shared.Return(block);
        }
    }

    private void CheckEnd(long count)
    {
        if (SoundFile.Error(file) != 0)
        {
            throw new AudioException(
                path,
                FormattableString.Invariant($"cannot be decoded after {(double)count / info.SampleRate:F3} s ({SoundFile.ErrorText(file)})"),
                "copy the file anew");
        }
    }

    private void CheckFinite(ReadOnlySpan<float> samples)
    {
        for (var i = 0; i < samples.Length; i++)
        {
            if (!float.IsFinite(samples[i]))
            {
                throw new AudioException(
                    path,
                    FormattableString.Invariant($"sample {First + Count + i} ({(double)(First + Count + i) / info.SampleRate:F3} s) is {(float.IsNaN(samples[i]) ? "not a number" : "infinite")}"),
                    "expected finite amplitudes; write the file anew");
            }
        }
    }
}
