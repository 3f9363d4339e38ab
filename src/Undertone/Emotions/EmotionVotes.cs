using System.Globalization;
using System.Text;

namespace Undertone.Emotions;

/// <summary>A choice of an emotion by one or more annotators.</summary>
/// <param name="Emotion">The emotion, by its canonical name where it has one.</param>
/// <param name="Annotator">Who chose it, where the corpus says; otherwise null.</param>
/// <param name="Count">How many annotators; 1 where <paramref name="Annotator"/> is given.</param>
public readonly record struct EmotionVote(string Emotion, string? Annotator = null, int Count = 1);

/// <summary>
/// Every annotator's categorical choices for one utterance. An annotator who may choose several emotions has a vote for
/// each. Two are equal when their votes are, in the same order.
/// </summary>
public sealed class EmotionVotes : IEquatable<EmotionVotes>
{
    /// <summary>Collects votes.</summary>
    /// <param name="all">At least one vote, each with a count of at least 1.</param>
    /// <exception cref="ArgumentException">
    /// There are none, a count is below 1, or a name is empty or holds one of the signs of the written form (<c>; = *</c>).
    /// </exception>
    public EmotionVotes(IEnumerable<EmotionVote> all)
    {
        ArgumentNullException.ThrowIfNull(all);
        All = [.. all];
        if (All.Count == 0)
        {
            throw new ArgumentException("expected at least one vote.", nameof(all));
        }

        foreach (var vote in All)
        {
            if (vote.Count < 1 || !IsName(vote.Emotion) || (vote.Annotator is { } annotator && (!IsName(annotator) || vote.Count != 1)))
            {
                throw new ArgumentException($"'{vote}' is no vote: expected names without ; = * and a count of at least 1.", nameof(all));
            }
        }
    }

    /// <summary>The votes in the corpus's order.</summary>
    public IReadOnlyList<EmotionVote> All { get; }

    /// <summary>The number of votes.</summary>
    public int Total => All.Sum(v => v.Count);

    /// <summary>Votes by emotion, most votes first, then by name.</summary>
    public IReadOnlyList<KeyValuePair<string, int>> Counts =>
    [
        .. All.GroupBy(v => v.Emotion, StringComparer.Ordinal)
            .Select(g => KeyValuePair.Create(g.Key, g.Sum(v => v.Count)))
            .OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal),
    ];

    /// <summary>How many annotators voted, where every vote says by whom; otherwise null.</summary>
    public int? Annotators => All.All(v => v.Annotator is not null)
        ? All.Select(v => v.Annotator).Distinct(StringComparer.Ordinal).Count()
        : null;

    /// <summary>Counts without names of annotators; emotions with 0 votes are left out.</summary>
    /// <param name="counts">Emotions with the number of their votes.</param>
    /// <returns>The votes; null where all counts are 0.</returns>
    public static EmotionVotes? FromCounts(IEnumerable<KeyValuePair<string, int>> counts)
    {
        var votes = counts.Where(c => c.Value > 0).Select(c => new EmotionVote(c.Key, null, c.Value)).ToList();
        return votes.Count == 0 ? null : new EmotionVotes(votes);
    }

    /// <summary>Reads the written form (<see cref="ToString"/>).</summary>
    /// <param name="text">Such as <c>anger*6;neutral*2</c> or <c>E1=anger;E2=frustration</c>.</param>
    /// <returns>The votes.</returns>
    /// <exception cref="FormatException">The text is not of this form.</exception>
    public static EmotionVotes Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var votes = new List<EmotionVote>();
        foreach (var part in text.Split(';'))
        {
            var named = part.Split('=');
            var counted = named[^1].Split('*');
            var count = 1;
            if (named.Length > 2
                || counted.Length > 2
                || (counted.Length == 2 && !int.TryParse(counted[1], NumberStyles.None, CultureInfo.InvariantCulture, out count)))
            {
                throw Malformed(text);
            }

            votes.Add(new EmotionVote(counted[0], named.Length == 2 ? named[0] : null, count));
        }

        try
        {
            return new EmotionVotes(votes);
        }
        catch (ArgumentException e)
        {
            throw Malformed(text, e);
        }
    }

    /// <summary>The share of the votes that an emotion has, from 0 to 1.</summary>
    /// <param name="emotion">The emotion.</param>
    public double Share(string emotion) => (double)All.Where(v => v.Emotion == emotion).Sum(v => v.Count) / Total;

    /// <summary>The written form: <c>annotator=emotion</c> or <c>emotion*count</c>, with <c>;</c> between votes.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var vote in All)
        {
            text.Append(text.Length > 0 ? ";" : "");
            text.Append(vote.Annotator is { } annotator ? $"{annotator}={vote.Emotion}" : string.Create(CultureInfo.InvariantCulture, $"{vote.Emotion}*{vote.Count}"));
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    public bool Equals(EmotionVotes? other) => other is not null && All.SequenceEqual(other.All);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as EmotionVotes);

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    private static bool IsName(string? name) => !string.IsNullOrWhiteSpace(name) && name.AsSpan().IndexOfAny(";=*") < 0;

    private static FormatException Malformed(string text, Exception? inner = null) =>
        new($"'{text}' are no votes; expected emotion*count or annotator=emotion, with ';' between, such as anger*6;neutral*2.", inner);
}
