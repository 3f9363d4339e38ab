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
        Labels(check.Listing.Utterances, say);
        foreach (var note in check.Listing.Notes)
        {
            say($"note         {note}");
        }

        Items("identical audio", check.Identical.Select(g => string.Join(" = ", g)), say);
        Items("near-identical audio", check.NearIdentical.Select(g => string.Join(" ~ ", g)), say);
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

    // What utterances carry besides their class: only where some do.
    private static void Labels(IReadOnlyList<Utterance> utterances, Action<string> say)
    {
        (string What, int Count)[] counts =
        [
            ("intensity", utterances.Count(u => u.Intensity is not null)),
            ("arousal, valence or dominance", utterances.Count(u => (u.Arousal ?? u.Valence ?? u.Dominance) is not null)),
            ("votes", utterances.Count(u => u.Votes is not null)),
            ("human recognition rate", utterances.Count(u => u.HumanRate is not null)),
            ("style", utterances.Count(u => u.Style is not null)),
            ("age", utterances.Count(u => u.Age is not null)),
        ];
        var known = counts.Where(c => c.Count > 0).Select(c => Text($"{c.What} {c.Count}")).ToList();
        if (known.Count > 0)
        {
            say($"also known   {string.Join("; ", known)}");
        }

        var rates = utterances.Select(u => u.HumanRate).OfType<double>().ToList();
        if (rates.Count > 0)
        {
            say(Text($"people       recognised {100 * rates.Average():F1} % on average"));
        }
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
