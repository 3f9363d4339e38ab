namespace Undertone.Protocols;

/// <summary>What a score may be taken for. Scores with different badges are not compared.</summary>
public enum BadgeKind
{
    /// <summary>Test speakers or test audio were trained or validated on: leaky.</summary>
    SpeakerDependent,

    /// <summary>No test speaker was trained or validated on.</summary>
    SpeakerIndependent,

    /// <summary>No utterance of the test corpora was trained or validated on.</summary>
    CrossCorpus,
}

/// <summary>The badge that every score carries.</summary>
/// <param name="Kind">What the audit of the splits found.</param>
/// <param name="Adapted">Whether anything was computed from the test speakers' unlabelled audio, as per-speaker normalisation does.</param>
public readonly record struct Badge(BadgeKind Kind, bool Adapted)
{
    /// <summary>As it is written everywhere: <c>speaker-independent</c>, <c>cross-corpus, adapted</c>.</summary>
    public override string ToString()
    {
        var kind = Kind switch
        {
            BadgeKind.SpeakerDependent => "speaker-dependent",
            BadgeKind.SpeakerIndependent => "speaker-independent",
            _ => "cross-corpus",
        };
        return Adapted ? kind + ", adapted" : kind;
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <param name="text">A badge.</param>
    /// <exception cref="UndertoneException">It is none.</exception>
    public static Badge Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var badges = Enum.GetValues<BadgeKind>().SelectMany(k => new[] { new Badge(k, false), new Badge(k, true) }).ToList();
        foreach (var badge in badges)
        {
            if (badge.ToString() == text)
            {
                return badge;
            }
        }

        throw new UndertoneException($"unknown badge '{text}'{NearestName.Hint(text, badges.Select(b => b.ToString()))}");
    }
}
