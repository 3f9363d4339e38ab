using System.Diagnostics;
using Undertone.Features.Tables;

namespace Undertone.Cli.Progress;

/// <summary>How many recordings are done: one line on a terminal; in a log a line each ten per cent, and at most one a second.</summary>
internal sealed class ExtractionLine : IProgress<ExtractionProgress>, IDisposable
{
    private readonly Lock _gate = new();
    private readonly bool _live = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb");
    private readonly long _started = Stopwatch.GetTimestamp();
    private long _shown = Stopwatch.GetTimestamp();
    private int _first = -1;
    private int _done;
    private int _tenth;
    private bool _dirty;

    public void Report(ExtractionProgress value)
    {
        lock (_gate)
        {
            // What an earlier call left does not count for the speed of this one; reports of several threads may overtake each other.
            _first = _first < 0 ? value.Done : _first;
            if (value.Done < _done || value.Total == 0)
            {
                return;
            }

            _done = value.Done;
            var since = Stopwatch.GetElapsedTime(_shown);
            if (_live ? since.TotalMilliseconds >= 100 : 10 * _done / value.Total > _tenth && since.TotalSeconds >= 1)
            {
                (_shown, _tenth) = (Stopwatch.GetTimestamp(), 10 * _done / value.Total);
                Console.Write(_live ? $"\r\u001b[K{Text(value)}" : $"{Text(value)}\n");
                _dirty = _live;
            }
        }
    }

    /// <summary>Clears the line.</summary>
    public void Dispose()
    {
        if (_dirty)
        {
            Console.Write("\r\u001b[K");
        }
    }

    private string Text(ExtractionProgress value)
    {
        var made = value.Done - _first;
        return $"{value.Done} of {value.Total} files, {Figures.Left(made > 0 ? Stopwatch.GetElapsedTime(_started) * ((double)(value.Total - value.Done) / made) : null)}";
    }
}
