using System.Text;
using Undertone.Evaluation.Significance;
using Undertone.Protocols;
using Undertone.Reports.Parts;

namespace Undertone.Reports;

/// <summary>
/// Systems of several runs against one another: under each corpus, protocol and badge that at least two runs have, all
/// their systems on the same folds and utterances. What cannot be compared is refused with the reason and the way out.
/// </summary>
public sealed record RunComparison
{
    /// <summary>What is compared: one entry a corpus, protocol and badge.</summary>
    public required IReadOnlyList<RunComparisonEntry> Entries { get; init; }

    /// <summary>What is not compared, and why: sentences.</summary>
    public required IReadOnlyList<string> NotCompared { get; init; }

    /// <summary>Compares runs.</summary>
    /// <param name="runs">Two or more, each with the name that tells it from the others.</param>
    /// <param name="systems">The systems to compare; all of them where the list is empty.</param>
    /// <exception cref="UndertoneException">There are fewer than two runs, two have one name, a system is in none of them, or nothing of them can be compared; the message says why and what would make them comparable.</exception>
    public static RunComparison Of(IReadOnlyList<(string Name, ReportInput Run)> runs, IReadOnlyList<string>? systems = null)
    {
        ArgumentNullException.ThrowIfNull(runs);
        if (runs.Count < 2)
        {
            throw new UndertoneException($"a comparison needs at least two runs, and there {(runs.Count == 1 ? $"is one, '{runs[0].Name}'" : "is none")}. Its report compares the systems of one run.");
        }

        if (runs.GroupBy(r => r.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new UndertoneException($"'{twice.Key}' is given twice; expected different runs.");
        }

        var results = Results(runs, systems ?? []);
        var entries = new List<RunComparisonEntry>();
        var reasons = new List<string>();
        foreach (var group in results.GroupBy(r => (r.Result.Corpus, r.Result.Protocol, r.Result.ProtocolKind, r.Result.Badge))
            .OrderBy(g => g.Key.Corpus, StringComparer.Ordinal).ThenBy(g => g.Key.Protocol, StringComparer.Ordinal).ThenByDescending(g => g.Key.Badge.Kind).ThenBy(g => g.Key.Badge.Adapted))
        {
            var title = new ResultSection(group.Key.Corpus, group.Key.Protocol, group.Key.ProtocolKind, group.Key.Badge, [.. group.Select(g => g.Result)]).Title;
            var of = group.Select(g => g.Run).Distinct().ToList();
            if (of.Count < 2)
            {
                reasons.Add($"{title}: only '{of[0]}' has it.");
                continue;
            }

            try
            {
                entries.Add(new RunComparisonEntry(title, SystemComparison.Of([.. group.Select(g => SectionComparison.Compared(g.Result) with { Name = $"{g.Result.Label} ({g.Run})" })])));
            }
            catch (UndertoneException e)
            {
                reasons.Add($"{title}: {e.Message}");
            }
        }

        return entries.Count > 0
            ? new RunComparison { Entries = entries, NotCompared = reasons }
            : throw new UndertoneException(
                $"nothing of {string.Join(" and ", runs.Select(r => $"'{r.Name}'"))} can be compared. {string.Join(" ", reasons)} "
                + "Scores are compared on the same corpus, labels, folds, seeds and test utterances, under the same badge: give the experiments the same 'corpora', 'labels', 'protocols' and 'seeds', and the same normalisation, or finish them.");
    }

    /// <summary>The comparison as plain text, for a terminal.</summary>
    /// <returns>Lines ending with <c>\n</c>.</returns>
    public string ToText()
    {
        var text = new StringBuilder();
        foreach (var entry in Entries)
        {
            TextPart.Write(text, new ReportPart(entry.Title)
            {
                Tables = [SignificancePart.Side(entry.Comparison), SignificancePart.Pairs(entry.Comparison)],
                Verdicts = [.. SignificancePart.Verdicts(entry.Comparison)],
                Remarks = entry.Comparison.Notes,
            });
        }

        foreach (var reason in NotCompared)
        {
            text.Append("not compared: ").Append(reason).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The comparison in Markdown.</summary>
    /// <returns>Lines ending with <c>\n</c>.</returns>
    public string ToMarkdown()
    {
        var text = new StringBuilder();
        foreach (var entry in Entries)
        {
            text.Append(ComparisonMarkdown.Write(entry.Comparison, entry.Title)).Append('\n');
        }

        foreach (var reason in NotCompared)
        {
            text.Append("- Not compared: ").Append(MarkdownTable.Escape(reason)).Append('\n');
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static List<(string Run, SystemResult Result)> Results(IReadOnlyList<(string Name, ReportInput Run)> runs, IReadOnlyList<string> systems)
    {
        if (runs.FirstOrDefault(r => r.Run.Trials.Count == 0) is { Run: { } empty } none)
        {
            throw new UndertoneException(empty.Regressions.Count > 0
                ? $"run '{none.Name}' learned values, and runs are compared by the classes that they tell apart."
                : $"run '{none.Name}': no trial has finished. Finish it with '{empty.Command}'.");
        }

        var all = runs.SelectMany(r => ResultCalculator.Of(r.Run.Trials).Select(result => (r.Name, result))).ToList();
        var known = all.SelectMany(a => new[] { a.result.System, a.result.Label }).Distinct().ToList();
        return systems.FirstOrDefault(s => !known.Contains(s)) is { } unknown
            ? throw new UndertoneException($"no run has a system '{unknown}'{NearestName.Hint(unknown, known)}")
            : [.. all.Where(a => systems.Count == 0 || systems.Contains(a.result.System) || systems.Contains(a.result.Label))];
    }
}

/// <summary>One corpus, protocol and badge of a comparison of runs.</summary>
/// <param name="Title">Which.</param>
/// <param name="Comparison">The comparison; each system's name has its run in brackets.</param>
public sealed record RunComparisonEntry(string Title, SystemComparison Comparison);
