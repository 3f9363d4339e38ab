using System.Globalization;
using System.Text.RegularExpressions;
using Undertone.Emotions;

namespace Undertone.Corpora;

/// <summary>What <c>dialog/EmoEvaluation/*.txt</c> says of one turn of IEMOCAP.</summary>
/// <param name="Emotion">The majority's label; <see cref="Undertone.Emotions.Emotion.NoAgreement"/> for <c>xxx</c>.</param>
/// <param name="Valence">Mean valence, 1 to 5.</param>
/// <param name="Activation">Mean activation, 1 to 5.</param>
/// <param name="Dominance">Mean dominance, 1 to 5.</param>
/// <param name="Votes">The external annotators' votes; null where the file has none.</param>
public sealed partial record IemocapLabels(string Emotion, double Valence, double Activation, double Dominance, EmotionVotes? Votes)
{
    private const string Expected = "[6.2901 - 8.2357] Ses01F_impro01_F000 neu [2.5000, 2.5000, 2.5000]";

    private static readonly Dictionary<string, string> Codes = new(StringComparer.Ordinal)
    {
        ["ang"] = Emotions.Emotion.Anger,
        ["dis"] = Emotions.Emotion.Disgust,
        ["exc"] = Emotions.Emotion.Excitement,
        ["fea"] = Emotions.Emotion.Fear,
        ["fru"] = Emotions.Emotion.Frustration,
        ["hap"] = Emotions.Emotion.Happiness,
        ["neu"] = Emotions.Emotion.Neutral,
        ["oth"] = Emotions.Emotion.Other,
        ["sad"] = Emotions.Emotion.Sadness,
        ["sur"] = Emotions.Emotion.Surprise,
        ["xxx"] = Emotions.Emotion.NoAgreement,
    };

    /// <summary>Reads every label file below a folder.</summary>
    /// <param name="card">The corpus's card.</param>
    /// <param name="folder">The corpus's folder.</param>
    /// <returns>Labels by turn; empty where there are no label files.</returns>
    /// <exception cref="UndertoneException">A label file is damaged; the message names it and the line.</exception>
    internal static IReadOnlyDictionary<string, IemocapLabels> Read(CorpusCard card, string folder)
    {
        var labels = new Dictionary<string, IemocapLabels>(StringComparer.Ordinal);

        // Files of the folders below EmoEvaluation are those of single annotators, in another form.
        var files = CorpusFolder.Files(card, folder, p =>
            p.EndsWith(".txt", StringComparison.OrdinalIgnoreCase) && Path.GetFileName(Path.GetDirectoryName(p)) == "EmoEvaluation");
        foreach (var file in files)
        {
            ReadFile(file, labels);
        }

        return labels;
    }

    private static void ReadFile(string file, Dictionary<string, IemocapLabels> labels)
    {
        string? turn = null;
        var votes = new List<EmotionVote>();
        var number = 0;
        foreach (var text in File.ReadLines(file))
        {
            number++;
            if (text.StartsWith('['))
            {
                Close();
                var match = Head().Match(text);
                if (!match.Success || !Codes.TryGetValue(match.Groups["label"].Value, out var emotion))
                {
                    throw Damaged(file, number, match.Success ? $"label '{match.Groups["label"].Value}' is not one of {string.Join(' ', Codes.Keys)}" : $"expected a line such as {Expected}");
                }

                turn = match.Groups["turn"].Value;
                if (!labels.TryAdd(turn, new IemocapLabels(emotion, Value("v"), Value("a"), Value("d"), null)))
                {
                    throw Damaged(file, number, $"turn {turn} stands twice");
                }

                double Value(string group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);
            }
            else if (turn is not null && Vote().Match(text) is { Success: true } vote)
            {
                // The text ends with the annotator's comment in brackets, which is none of the choices.
                foreach (var choice in vote.Groups["choices"].Value.Split('(')[0].Split(';').Select(c => c.Trim()).Where(c => c.Length > 0))
                {
                    votes.Add(new EmotionVote(Canonical(choice), vote.Groups["annotator"].Value));
                }
            }
        }

        Close();

        void Close()
        {
            if (turn is not null && votes.Count > 0)
            {
                labels[turn] = labels[turn] with { Votes = new EmotionVotes(votes) };
            }

            votes.Clear();
        }
    }

    private static string Canonical(string choice) => choice.ToLowerInvariant() switch
    {
        "neutral state" => Emotions.Emotion.Neutral,
        "excited" => Emotions.Emotion.Excitement,
        var other => other.Replace('=', '-').Replace('*', '-'),
    };

    private static UndertoneException Damaged(string file, int line, string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{file}:{line}: {what}. Copy the file anew."));

    [GeneratedRegex(
        "^\\[[0-9.]+ - [0-9.]+\\]\\s+(?<turn>Ses\\w+)\\s+(?<label>\\w+)\\s+\\[(?<v>[0-9]+(\\.[0-9]+)?), (?<a>[0-9]+(\\.[0-9]+)?), (?<d>[0-9]+(\\.[0-9]+)?)\\]\\s*\\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Head();

    // 'C-' is a categorical evaluation; E an external annotator, where F and M are the actors themselves.
    [GeneratedRegex("^C-(?<annotator>E[0-9]+):\\s*(?<choices>.*)\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Vote();
}
