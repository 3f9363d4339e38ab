using System.Globalization;
using System.Text.RegularExpressions;

namespace Undertone.Protocols;

/// <summary>
/// A point of a learning curve as the protocol's name says it: <c>loso-share-005</c> is 5 % of the training utterances
/// under <c>loso</c>, <c>loso-speaker-share-050-s1</c> half of the training speakers chosen by seed 1.
/// </summary>
/// <param name="Of">The name of the protocol whose training parts are cut.</param>
/// <param name="Share">The share of the training part, in per cent.</param>
/// <param name="BySpeakers">Whether whole speakers were kept, rather than utterances.</param>
/// <param name="Seed">The seed that chose what was kept.</param>
public sealed partial record LearningCurvePoint(string Of, int Share, bool BySpeakers, int Seed)
{
    /// <summary>The curve that the point belongs to: its name without the share.</summary>
    public string Curve => $"{Of}{(BySpeakers ? "-speaker" : "")}-share{(Seed == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"-s{Seed}"))}";

    /// <summary>Reads a protocol's name.</summary>
    /// <param name="protocol">The name, as in trials and tables.</param>
    /// <returns>The point, or null where the name is no learning curve's.</returns>
    public static LearningCurvePoint? TryParse(string protocol)
    {
        var match = Pattern().Match(protocol);
        return match.Success
            && int.TryParse(match.Groups["share"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var share) && share is >= 1 and <= 100
            && int.TryParse(match.Groups["seed"] is { Success: true } s ? s.ValueSpan : "0", NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
            ? new(match.Groups["of"].Value, share, match.Groups["speaker"].Success, seed)
            : null;
    }

    /// <summary>The protocol's name; three digits make the shares sort.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Of}{(BySpeakers ? "-speaker" : "")}-share-{Share:000}{(Seed == 0 ? "" : $"-s{Seed}")}");

    [GeneratedRegex("^(?<of>.+?)(?<speaker>-speaker)?-share-(?<share>[0-9]{3})(-s(?<seed>[0-9]{1,9}))?\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
