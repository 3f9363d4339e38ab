using Undertone.Features.Descriptors;
using Undertone.Speech;

namespace Undertone.Features;

/// <summary>
/// A part of a recording that moves along it, and back to its beginning when it is read again. Of a recording longer than a
/// minute no more than that is in memory; the rest is read when it is asked for. One object serves one recording
/// after the other, and one thread at a time.
/// </summary>
internal sealed class SampleWindow : IDisposable
{
    // So much is kept, so that most recordings are read once.
    private const int Kept = 60 * Waveform.StandardRate;
    private const int LeastRoom = 1 << 16;

    private AudioSource? _source;
    private AudioReader? _reader;
    private string _set = "";
    private float[] _room = [];
    private float[] _samples = [];
    private int _start;
    private int _count;
    private bool _ended;

    /// <summary>Takes audio in memory.</summary>
    /// <param name="waveform">Checked audio; it is not copied.</param>
    public void Take(Waveform waveform)
    {
        Forget();
        (_samples, _start, _count, _ended) = (waveform.Samples, 0, waveform.Samples.Length, true);
    }

    /// <summary>Takes audio that is read as it is needed, and checked then.</summary>
    /// <param name="source">The audio.</param>
    /// <param name="set">Who asks, for messages.</param>
    /// <exception cref="UndertoneException">The audio is empty, of another rate, or cannot be read.</exception>
    public void Take(AudioSource source, string set)
    {
        Forget();
        (_source, _set) = (source, set);
        Begin();
        if (From(0, 1).IsEmpty)
        {
            throw SpeechCheck.Empty(set);
        }
    }

    /// <summary>The samples from one on; fewer than asked only where the audio ends.</summary>
    /// <param name="start">The first; 0, or within the audio and not before the last call's.</param>
    /// <param name="count">How many.</param>
    public ReadOnlySpan<float> From(int start, int count)
    {
        if (start < _start)
        {
            Begin();
        }

        while (!_ended && _start + _count < start + count)
        {
            Fill(start, start + count);
        }

        var at = Math.Min(start - _start, _count);
        return _samples.AsSpan(at, Math.Min(count, _count - at));
    }

    /// <summary>Lets go of the recording; the room stays for the next.</summary>
    public void Dispose() => Forget();

    private void Begin()
    {
        _reader?.Dispose();
        _reader = null;
        _reader = _source!.Open();
        SpeechCheck.RequireRate(_reader.SampleRate, _set);
        (_samples, _start, _count, _ended) = (_room, 0, 0, false);
    }

    private void Fill(int start, int end)
    {
        if (_count == _samples.Length)
        {
            MakeRoom(start, end);
        }

        var to = _samples.AsSpan(_count);
        var read = _reader!.Read(to);
        SpeechCheck.Require(to[..read], _set);
        _count += read;
        _ended = read < to.Length;
    }

    private void MakeRoom(int start, int end)
    {
        if (_count >= Kept)
        {
            var past = Math.Min(start - _start, _count);
            _samples.AsSpan(past, _count - past).CopyTo(_samples);
            (_start, _count) = (_start + past, _count - past);
        }

        var needed = Math.Max(end - _start, _count + 1);
        if (_samples.Length < needed || (_samples.Length < Kept && _count == _samples.Length))
        {
            var room = new float[Math.Max(Math.Max(needed, LeastRoom), Math.Min(2 * _samples.Length, Kept))];
            _samples.AsSpan(0, _count).CopyTo(room);
            (_room, _samples) = (room, room);
        }
    }

    private void Forget()
    {
        _reader?.Dispose();
        (_reader, _source) = (null, null);
        (_samples, _start, _count, _ended) = ([], 0, 0, true);
        if (_room.Length > Kept)
        {
            _room = [];
        }
    }
}
