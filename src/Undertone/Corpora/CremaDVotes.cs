using System.Globalization;
using Undertone.Emotions;

namespace Undertone.Corpora;

/// <summary>What the crowd heard in CREMA-D's clips: votes given to the audio alone.</summary>
internal static class CremaDVotes
{
    /// <summary>Votes counted by clip and kind of presentation; the better known of the two files.</summary>
    public const string Tabulated = "tabulatedVotes.csv";

    /// <summary>Every single response.</summary>
    public const string Responses = "finishedResponses.csv";

    // Presentation: 1 audio, 2 video, 3 both. In the counted table it is the first digit of a six-digit row number.
    private const int Voice = 1;
    private const int RowsAPresentation = 100_000;

    private static readonly Dictionary<string, string> Emotions = new(StringComparer.Ordinal)
    {
        ["A"] = Emotion.Anger,
        ["D"] = Emotion.Disgust,
        ["F"] = Emotion.Fear,
        ["H"] = Emotion.Happiness,
        ["N"] = Emotion.Neutral,
        ["S"] = Emotion.Sadness,
    };

    /// <summary>Reads the votes by clip; null where neither file is there.</summary>
    /// <exception cref="UndertoneException">A file is damaged.</exception>
    public static Dictionary<string, EmotionVotes>? Read(CorpusCard card, string folder) =>
        CorpusFolder.Find(card, folder, Tabulated) is { } counts ? ReadCounts(counts)
        : CorpusFolder.Find(card, folder, Responses) is { } responses ? ReadResponses(responses)
        : null;

    private static Dictionary<string, EmotionVotes> ReadCounts(string file)
    {
        var votes = new Dictionary<string, EmotionVotes>(StringComparer.Ordinal);
        foreach (var row in SideTable.Read(file, ["", "A", "D", "F", "H", "N", "S", "fileName"]))
        {
            if (Whole(row, "") / RowsAPresentation == Voice
                && EmotionVotes.FromCounts(Emotions.Select(e => KeyValuePair.Create(e.Value, Whole(row, e.Key)))) is { } found)
            {
                votes[Path.GetFileNameWithoutExtension(row["fileName"]).ToUpperInvariant()] = found;
            }
        }

        return votes;
    }

    private static Dictionary<string, EmotionVotes> ReadResponses(string file)
    {
        var votes = new Dictionary<string, List<EmotionVote>>(StringComparer.Ordinal);
        foreach (var row in SideTable.Read(file, ["localid", "queryType", "clipName", "respEmo"]))
        {
            if (Whole(row, "queryType") != Voice)
            {
                continue;
            }

            if (!Emotions.TryGetValue(row["respEmo"].ToUpperInvariant(), out var emotion))
            {
                throw row.Error($"response '{row["respEmo"]}'; expected one of {string.Join(' ', Emotions.Keys)}");
            }

            var clip = Path.GetFileNameWithoutExtension(row["clipName"]).ToUpperInvariant();
            (votes.TryGetValue(clip, out var all) ? all : votes[clip] = []).Add(new EmotionVote(emotion, row["localid"]));
        }

        return votes.ToDictionary(v => v.Key, v => new EmotionVotes(v.Value), StringComparer.Ordinal);
    }

    private static int Whole(SideRow row, string column) =>
        int.TryParse(row[column], NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw row.Error($"column '{column}': '{row[column]}' is not a whole number");
}
