using System.Diagnostics;
using System.Globalization;
using Undertone.Corpora.Downloads;

namespace Undertone.Cli.Progress;

/// <summary>How far a download is, with its speed and the time left: one line on a terminal, a line each ten per cent, and at most one a second, in a log.</summary>
internal sealed class FetchLine : IProgress<FetchProgress>, IDisposable
{
    private readonly Lock _gate = new();
    private readonly bool _live = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb");
    private string _stage = "";
    private long _started;
    private double _first;
    private long _firstBytes;
    private long _shown;
    private int _tenth;
    private bool _dirty;

    public void Report(FetchProgress value)
    {
        lock (_gate)
        {
            var done = Share(value);
            if (value.Stage != _stage)
            {
                // What an earlier call left does not count for the speed of this one.
                (_stage, _started, _first, _firstBytes, _tenth) = (value.Stage, Stopwatch.GetTimestamp(), done, value.Bytes, (int)(10 * done));
                _shown = _live ? 0 : _started;
            }

            if (_live)
            {
                if (done < 1 && Stopwatch.GetElapsedTime(_shown).TotalMilliseconds < 200)
                {
                    return;
                }

                _shown = Stopwatch.GetTimestamp();
                Console.Write($"\r\u001b[K{Text(value, done)}");
                _dirty = true;
            }
            else if ((int)(10 * done) > _tenth && (done >= 1 || Stopwatch.GetElapsedTime(_shown).TotalSeconds >= 1))
            {
                (_tenth, _shown) = ((int)(10 * done), Stopwatch.GetTimestamp());
                Console.WriteLine(Text(value, done));
            }
        }
    }

    /// <summary>Says what goes on besides, such as why something is tried again.</summary>
    public void Say(string notice)
    {
        lock (_gate)
        {
            Dispose();
            Console.Error.WriteLine($"note: {notice}");
        }
    }

    /// <summary>Clears the line.</summary>
    public void Dispose()
    {
        if (_dirty)
        {
            Console.Write("\r\u001b[K");
            _dirty = false;
        }
    }

    private string Text(FetchProgress value, double done)
    {
        var elapsed = Stopwatch.GetElapsedTime(_started);
        var files = value.TotalFiles > 1 ? string.Create(CultureInfo.InvariantCulture, $"{value.Files} of {value.TotalFiles} files, ") : "";
        var total = value.TotalBytes is { } all ? $" of {Size(all)}" : "";
        var speed = elapsed.TotalSeconds > 1 ? $", {Size((long)((value.Bytes - _firstBytes) / elapsed.TotalSeconds))}/s" : "";
        var left = done >= 1 ? "" : $", {Figures.Left(elapsed.TotalSeconds > 1 && done > _first ? elapsed * ((1 - done) / (done - _first)) : null)}";
        return $"{value.Stage}: {files}{Size(value.Bytes)}{total}{speed}{left}";
    }

    private static double Share(FetchProgress value) =>
        value.TotalBytes is > 0 and { } total ? (double)value.Bytes / total : (double)value.Files / Math.Max(1, value.TotalFiles);

    private static string Size(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB");
}
