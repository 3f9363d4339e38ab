using Undertone.Speech;

namespace Undertone.Corpora;

/// <summary>The demo corpus: synthesised on demand by <see cref="DemoVoice"/>, so that it needs no download.</summary>
public sealed class Demo : FileNamedCorpus
{
    /// <inheritdoc/>
    public override CorpusCard Card { get; } = new()
    {
        Name = "demo",
        Title = "Undertone's demo voice",
        Language = "none (nonsense syllables)",
        LanguageCode = "zxx",
        Classes = [.. DemoVoice.Emotions.Select(e => new KeyValuePair<string, int>(e, DemoSpeaker.All.Count * DemoVoice.Sentences))],
        Speakers = DemoSpeaker.All.Count,
        FemaleSpeakers = DemoSpeaker.All.Count(s => s.Gender == "female"),
        MaleSpeakers = DemoSpeaker.All.Count(s => s.Gender == "male"),
        SpeakerNote = "8 synthetic voices, 4 female and 4 male, each with its own pitch, vocal tract, rate, loudness and way to express emotion.",
        RecordingType = "synthetic",
        KeyFeatures = "Six nonsense sentences in 5 emotions by a source-filter synthesiser whose pitch, rate, loudness, spectral tilt "
            + "and irregularity follow the acoustic correlates of Juslin and Laukka 2003; true F0, formants, jitter and shimmer are known.",
        Limitations = "Synthetic: it shows that the workbench works and tests what can be measured exactly. A score on it says nothing "
            + "about people. Every speaker says the same sentences.",
        Licence = "MIT, as Undertone itself.",
        Access = "Nothing to download: it is made in the cache folder when it is first used.",
        FileNames = "f1-anger-s1.wav (speaker, emotion, sentence).",
        DimensionScale = "Arousal and valence are synthetic, nobody rated them: the emotion's place (signs as on the circumplex of Russell 1980, "
            + "doi:10.1037/h0077714; sizes are our own) times the strength with which the utterance expresses it. 0 is neutral; anger of ordinary "
            + "strength has an arousal of 0.8 and a valence of -0.6.",
        Reference = "Correlates: P. N. Juslin, P. Laukka: Communication of emotions in vocal expression and music performance: Different "
            + "channels, same code? Psychological Bulletin 129(5), 770-814, 2003. doi:10.1037/0033-2909.129.5.770",
    };

    /// <inheritdoc/>
    public override string OwnFolder => Path.Combine(CacheFolder.Default, "demo");

    /// <inheritdoc/>
    public override NameParse Parse(string stem, string path)
    {
        var parts = stem.ToLowerInvariant().Split('-');
        if (parts.Length != 3)
        {
            return NameParse.Foreign("expected three parts with '-' between, such as f1-anger-s1");
        }

        var speaker = DemoSpeaker.All.FirstOrDefault(s => s.Id == parts[0]);
        if (speaker is null)
        {
            return NameParse.Foreign($"speaker '{parts[0]}' is not one of {string.Join(' ', DemoSpeaker.All.Select(s => s.Id))}");
        }

        if (!DemoVoice.Emotions.Contains(parts[1]))
        {
            return NameParse.Foreign($"emotion '{parts[1]}' is not one of {string.Join(' ', DemoVoice.Emotions)}");
        }

        if (parts[2].Length != 2 || parts[2][0] != 's' || parts[2][1] < '1' || parts[2][1] >= '1' + DemoVoice.Sentences)
        {
            return NameParse.Foreign($"sentence '{parts[2]}' is not one of s1 to s{DemoVoice.Sentences}");
        }

        var (arousal, valence) = DemoVoice.Dimensions(speaker, parts[1], parts[2][1] - '1');
        return NameParse.Read(new Utterance(Card.Name, string.Join('-', parts), path, speaker.Id, parts[1])
        {
            Gender = speaker.Gender,
            Language = Card.LanguageCode,
            Text = parts[2],
            Arousal = arousal,
            Valence = valence,
        });
    }

    /// <inheritdoc/>
    public override void Prepare(string folder)
    {
        if (!DemoCorpus.IsWhole(folder))
        {
            DemoCorpus.Generate(folder);
        }
    }
}
