using Undertone.Evaluation.Significance;

namespace Undertone.Reports;

/// <summary>
/// The systems of one section against one another (<see cref="SystemComparison"/>). Systems that were not tested on the
/// same folds and utterances are not compared: they fall into groups, and what keeps the groups apart is said.
/// </summary>
public sealed record SectionComparison
{
    /// <summary>The section: one corpus, protocol and badge.</summary>
    public required ResultSection Section { get; init; }

    /// <summary>One comparison for each group of two or more systems; empty where there is none.</summary>
    public required IReadOnlyList<SystemComparison> Groups { get; init; }

    /// <summary>Why systems are not compared: sentences that name them and the way out.</summary>
    public required IReadOnlyList<string> NotCompared { get; init; }

    /// <summary>Compares the systems of a section.</summary>
    /// <param name="section">The section.</param>
    public static SectionComparison Of(ResultSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        var groups = new List<List<ComparedSystem>>();
        var reasons = new List<string>();
        foreach (var system in section.Results.Select(Compared))
        {
            string? reason = null;
            var group = groups.FirstOrDefault(g => Refusal([.. g, system]) is not { } refused || (reason ??= refused) is null);
            if (group is not null)
            {
                group.Add(system);
                continue;
            }

            groups.Add([system]);
            if (reason is not null)
            {
                reasons.Add($"{system.Name} is not compared with {string.Join(", ", groups[0].Select(s => s.Name))}: {reason}");
            }
        }

        return new SectionComparison
        {
            Section = section,
            Groups = [.. groups.Where(g => g.Count > 1).Select(g => SystemComparison.Of(g))],
            NotCompared = reasons,
        };
    }

    /// <summary>A result as comparisons take it.</summary>
    /// <param name="result">The result.</param>
    internal static ComparedSystem Compared(SystemResult result) => new(
        result.Label, result.Badge, [.. result.Trials.Select(t => new ComparedTrial(t.Fold, t.Seed, t.Test, t.Split?.Train.Count))]);

    private static string? Refusal(IReadOnlyList<ComparedSystem> systems)
    {
        try
        {
            ComparableTrials.Of(systems);
            return null;
        }
        catch (UndertoneException e)
        {
            return e.Message;
        }
    }
}
