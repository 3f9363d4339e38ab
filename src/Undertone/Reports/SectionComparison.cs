using Undertone.Evaluation.Significance;

namespace Undertone.Reports;

/// <summary>The tests between the systems of one section.</summary>
public static class SectionComparison
{
    /// <summary>Compares a section's systems.</summary>
    /// <param name="section">The section.</param>
    /// <returns>
    /// The comparison of the systems that have every fold; null where fewer than two have, or where they were not tested
    /// on the same utterances.
    /// </returns>
    public static SystemComparison? Of(ResultSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        var whole = section.Results.Where(r => r.MissingTrials == 0).ToList();
        if (whole.Count < 2 || !Comparable(whole))
        {
            return null;
        }

        return SystemComparison.Of(
        [
            .. whole.Select(r => new ComparedSystem(
                r.Label, r.Badge, [.. r.Trials.Select(t => new ComparedTrial(t.Fold, t.Seed, t.Test, t.Split?.Train.Count))])),
        ]);
    }

    // Systems whose labels or seeds differ stand in one table, but no test of them means anything.
    private static bool Comparable(List<SystemResult> results)
    {
        var shared = results.Select(r => r.Seeds.Select(s => s.Seed)).Aggregate((a, b) => a.Intersect(b)).ToHashSet();
        var rows = results.Select(r => r.Trials.Where(t => shared.Contains(t.Seed))
            .SelectMany(t => t.Test.Rows.Select(row => (t.Fold, t.Seed, row.Utterance, row.Speaker, row.True))).ToHashSet()).ToList();
        return shared.Count > 0 && rows.Skip(1).All(rows[0].SetEquals);
    }
}
