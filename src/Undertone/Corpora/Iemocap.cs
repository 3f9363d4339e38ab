using System.Globalization;
using System.Text.RegularExpressions;
using Undertone.Emotions;

namespace Undertone.Corpora;

/// <summary>
/// IEMOCAP, the Interactive Emotional Dyadic Motion Capture database, its audio. C. Busso, M. Bulut, C.-C. Lee, A. Kazemzadeh,
/// E. Mower, S. Kim, J. N. Chang, S. Lee, S. S. Narayanan: IEMOCAP: interactive emotional dyadic motion capture database,
/// Language Resources and Evaluation 42, 335–359, 2008, doi:10.1007/s10579-008-9076-6.
/// </summary>
/// <remarks>
/// Turns lie in <c>Session1/sentences/wav/Ses01F_impro01/Ses01F_impro01_F000.wav</c>: session 1, the dialogue in which the
/// woman wears the markers, improvised, the woman's turn 000. Labels are read from <c>Session1/dialog/EmoEvaluation/*.txt</c>:
/// the majority's label, the mean valence, activation and dominance, and every annotator's votes
/// (<see cref="IemocapLabels"/>).
/// </remarks>
public sealed partial class Iemocap : FileNamedCorpus
{
    private static readonly (string Session, int All, int FourClasses)[] Sessions =
        [("1", 1819, 1085), ("2", 1811, 1023), ("3", 2136, 1151), ("4", 2103, 1031), ("5", 2170, 1241)];

    /// <summary>
    /// The classes of the usual four-class comparison; happiness and excitement count as one. A complete copy has 5531 such
    /// utterances: 1085, 1023, 1151, 1031 and 1241 in its five sessions.
    /// </summary>
    public static IReadOnlyList<string> FourClasses { get; } =
        [Emotion.Anger, Emotion.Excitement, Emotion.Happiness, Emotion.Neutral, Emotion.Sadness];

    /// <inheritdoc/>
    public override CorpusCard Card { get; } = new()
    {
        Name = "iemocap",
        Title = "Interactive Emotional Dyadic Motion Capture (IEMOCAP), audio",
        Language = "English (American)",
        LanguageCode = "en",
        Classes =
        [
            new(Emotion.Anger, 1103),
            new(Emotion.Disgust, 2),
            new(Emotion.Excitement, 1041),
            new(Emotion.Fear, 40),
            new(Emotion.Frustration, 1849),
            new(Emotion.Happiness, 595),
            new(Emotion.Neutral, 1708),
            new(Emotion.NoAgreement, 2507),
            new(Emotion.Other, 3),
            new(Emotion.Sadness, 1084),
            new(Emotion.Surprise, 107),
        ],
        Speakers = 10,
        FemaleSpeakers = 5,
        MaleSpeakers = 5,
        SpeakerNote = "5 women and 5 men, actors; a woman and a man in each of 5 sessions, other people in each.",
        RecordingType = "elicited",
        KeyFeatures = "About 12 hours of dialogues in pairs, improvised on scenarios or from scripts, cut into 10039 turns; each has a majority label, votes of "
            + "about three annotators, and ratings of valence, activation and dominance. The usual comparison takes 5531 turns of four classes: "
            + "anger, happiness with excitement, neutral, sadness.",
        Limitations = "Annotators agree only moderately: a quarter of the turns has no majority label (class no-agreement). Actors performing, "
            + "though often without a script. Labels were given by people who saw the video too and the turns before. Both speakers of a "
            + "session talk to each other and share a room, so leave out whole sessions; scripts recur in all sessions.",
        DimensionScale = "1 to 5, mean of the annotators' ratings: arousal is their activation (1 calm to 5 excited), valence 1 negative to 5 positive, dominance 1 weak to 5 strong.",
        HumanRateNote = "Votes are those of the external annotators (E1 to E6), who may choose several emotions; the actors' own evaluations are left out.",
        Licence = "Release agreement of the University of Southern California; free for research.",
        Homepage = "https://sail.usc.edu/iemocap/",
        Access = "IEMOCAP is given by its authors on request (https://sail.usc.edu/iemocap/iemocap_release.htm); unpack it so that 'iemocap' in the corpora folder holds Session1 to Session5.",
        FolderNames = ["iemocap-full-release"],
        FileNames = "Session1/sentences/wav/Ses01F_impro01/Ses01F_impro01_F000.wav (session and dialogue, improvised or scripted, speaker and turn).",
        Reference = "C. Busso, M. Bulut, C.-C. Lee, A. Kazemzadeh, E. Mower, S. Kim, J. N. Chang, S. Lee, S. S. Narayanan: IEMOCAP: interactive "
            + "emotional dyadic motion capture database. Language Resources and Evaluation 42, 335-359, 2008. doi:10.1007/s10579-008-9076-6",
    };

    /// <inheritdoc/>
    /// <remarks>The label does not stand in the name: it is <see cref="Emotion.NoAgreement"/> until the label files are read.</remarks>
    public override NameParse Parse(string stem, string path)
    {
        var match = Name().Match(stem);
        if (!match.Success)
        {
            return NameParse.Foreign(Dialogue().IsMatch(stem)
                ? "this is a whole dialogue; expected turns such as Ses01F_impro01_F000"
                : "expected a name such as Ses01F_impro01_F000: session 01 to 05, F or M, impro or script and number, F or M and turn");
        }

        var session = match.Groups["session"].Value;
        var female = match.Groups["speaker"].Value == "F";
        var scripted = match.Groups["kind"].Value == "script";
        return NameParse.Read(new Utterance(Card.Name, stem, path, $"{session}{(female ? 'F' : 'M')}", Emotion.NoAgreement)
        {
            Gender = female ? "female" : "male",
            Language = Card.LanguageCode,
            Session = session,
            Style = scripted ? "scripted" : "improvised",

            // All sessions play the same scripts, and the dialogues of one script share their words.
            Text = scripted ? $"script{match.Groups["number"].Value}" : null,
        });
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ExpectedCount> Counts(IReadOnlyList<Utterance> utterances) =>
    [
        .. Sessions.Select(s => new ExpectedCount($"session {s.Session}", utterances.Count(u => u.Session == s.Session), s.All)),
        new("four classes", utterances.Count(u => FourClasses.Contains(u.Emotion)), Sessions.Sum(s => s.FourClasses)),
        .. Sessions.Select(s => new ExpectedCount(
            $"four classes, session {s.Session}",
            utterances.Count(u => u.Session == s.Session && FourClasses.Contains(u.Emotion)),
            s.FourClasses)),
    ];

    /// <inheritdoc/>
    protected override IReadOnlyList<Utterance> Annotate(string folder, IReadOnlyList<Utterance> utterances, ICollection<string> notes)
    {
        var labels = IemocapLabels.Read(Card, folder);
        var labelled = utterances.Where(u => labels.ContainsKey(u.Id)).Select(u =>
        {
            var label = labels[u.Id];
            return u with { Emotion = label.Emotion, Valence = label.Valence, Arousal = label.Activation, Dominance = label.Dominance, Votes = label.Votes };
        }).ToList();
        if (labelled.Count == 0)
        {
            throw new UndertoneException(
                $"Corpus '{Card.Name}': none of the {utterances.Count} turns in '{folder}' has a label. Expected files such as Session1/dialog/EmoEvaluation/Ses01F_impro01.txt below it. {Card.Access}");
        }

        if (labelled.Count < utterances.Count)
        {
            var first = utterances.First(u => !labels.ContainsKey(u.Id));
            notes.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{utterances.Count - labelled.Count} of {utterances.Count} turns have no label in EmoEvaluation and are left out (first: {first.Id}). Copy dialog/EmoEvaluation of every session."));
        }

        return labelled;
    }

    [GeneratedRegex("^Ses0(?<session>[1-5])[FM]_(?<kind>impro|script)(?<number>[0-9]{2})[a-z]?(_[0-9][a-z]?)?_(?<speaker>[FM])[0-9]{3}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex("^Ses0[1-5][FM]_(impro|script)[0-9]{2}[a-z]?(_[0-9][a-z]?)?\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Dialogue();
}
