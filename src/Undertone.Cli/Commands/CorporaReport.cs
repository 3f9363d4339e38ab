using System.Globalization;
using Undertone.Corpora;

namespace Undertone.Cli.Commands;

/// <summary>What <c>undertone corpora check</c> says below its table.</summary>
internal static class CorporaReport
{
    // More than these are counted, not listed.
    private const int Shown = 10;

    /// <summary>Writes durations, formats, oddities and the verdict.</summary>
    /// <param name="check">The check.</param>
    /// <param name="say">Takes a line.</param>
    public static void Write(CorpusCheck check, Action<string> say)
    {
        Durations(check, say);
        say($"formats      {string.Join(", ", check.Formats.Select(f => Text($"{f.SampleRate} Hz, {f.Channels} {(f.Channels == 1 ? "channel" : "channels")}: {f.Files} {(f.Files == 1 ? "file" : "files")}")))}");
        Items("identical audio", check.Identical.Select(g => string.Join(" = ", g)), say);
        Items("second copies of files (left out)", check.Listing.Copies.Select(c => $"{c.Path}, the same as {c.Of}"), say);
        Items("foreign files (left out)", check.Listing.Foreign.Select(f => $"{f.Path}: {f.Reason}"), say);
        Items("unreadable files (left out)", check.Data.Unreadable.Select(u => $"{u.Path}: {u.Reason}"), say);
        say("");
        if (check.IsComplete)
        {
            say("Verdict: complete.");
            return;
        }

        say($"Verdict: incomplete. {string.Join(' ', check.Faults)}");
        say(check.Data.Card.RecordingType == "synthetic"
            ? $"Delete {check.Folder}: it is made anew in the cache folder when it is next used."
            : $"Copy what is missing or unreadable anew into {check.Folder}. {check.Data.Card.Access}");
    }

    private static void Durations(CorpusCheck check, Action<string> say)
    {
        var seconds = check.Data.Utterances.Select(u => u.Seconds).Order().ToList();
        var middle = seconds.Count / 2;
        var median = seconds.Count % 2 == 1 ? seconds[middle] : (seconds[middle - 1] + seconds[middle]) / 2;
        say(Text($"durations    min {seconds[0]:F2} s, median {median:F2} s, max {seconds[^1]:F2} s, total {seconds.Sum() / 60:F1} min"));
    }

    private static void Items(string what, IEnumerable<string> items, Action<string> say)
    {
        var all = items.ToList();
        say(Text($"{what}: {(all.Count == 0 ? "none" : all.Count.ToString(CultureInfo.InvariantCulture))}"));
        foreach (var item in all.Take(Shown))
        {
            say("  " + item);
        }

        if (all.Count > Shown)
        {
            say(Text($"  and {all.Count - Shown} more"));
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
