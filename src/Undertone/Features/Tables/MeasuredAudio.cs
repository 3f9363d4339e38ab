using Undertone.Speech;

namespace Undertone.Features.Tables;

/// <summary>Audio whose length is known once it was read.</summary>
internal sealed class MeasuredAudio(AudioSource source) : AudioSource
{
    /// <summary>The longest that was read of it, in seconds.</summary>
    public double Seconds { get; private set; }

    /// <inheritdoc/>
    public override AudioReader Open() => new Reader(this, source.Open());

    /// <inheritdoc/>
    public override Waveform Read()
    {
        var waveform = source.Read();
        Seconds = waveform.Seconds;
        return waveform;
    }

    private sealed class Reader(MeasuredAudio audio, AudioReader reader) : AudioReader
    {
        private long _samples;

        public override int SampleRate => reader.SampleRate;

        public override int Read(Span<float> samples)
        {
            var count = reader.Read(samples);
            _samples += count;
            audio.Seconds = Math.Max(audio.Seconds, (double)_samples / SampleRate);
            return count;
        }

        protected override void Dispose(bool disposing) => reader.Dispose();
    }
}
