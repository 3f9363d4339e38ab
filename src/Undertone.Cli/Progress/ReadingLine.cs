using System.Diagnostics;
using Undertone.Corpora;

namespace Undertone.Cli.Progress;

/// <summary>One line of a terminal that counts the files of a corpus as they are read for the first time.</summary>
internal sealed class ReadingLine : IProgress<ReadingProgress>
{
    private readonly Lock _gate = new();
    private long _shown;

    public void Report(ReadingProgress value)
    {
        lock (_gate)
        {
            var now = Stopwatch.GetTimestamp();
            if (value.Done < value.Total && Stopwatch.GetElapsedTime(_shown, now).TotalMilliseconds < 100)
            {
                return;
            }

            _shown = now;
            Console.Write(value.Done < value.Total ? $"\rReading audio: {value.Done} of {value.Total} files" : "\r\u001b[K");
        }
    }
}
