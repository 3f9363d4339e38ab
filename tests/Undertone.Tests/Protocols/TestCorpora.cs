using Undertone.Corpora;

namespace Undertone.Tests.Protocols;

/// <summary>Corpora made up of names alone: protocols never open audio.</summary>
internal static class TestCorpora
{
    /// <summary>Speakers 01, 02, ... alternately male and female, each saying each sentence in each class.</summary>
    public static CorpusData Balanced(int speakers, int classes = 3, int sentences = 2, string name = "made-up")
    {
        var utterances =
            from s in Enumerable.Range(1, speakers)
            from c in Enumerable.Range(0, classes)
            from t in Enumerable.Range(0, sentences)
            select Utterance($"{s:00}", $"class{c}", $"t{t}", s % 2 == 0 ? "female" : "male", name);
        return Of([.. utterances], name);
    }

    public static Utterance Utterance(string speaker, string emotion, string text = "t0", string? gender = null, string corpus = "made-up")
    {
        var id = $"{speaker}-{emotion}-{text}";
        return new Utterance(corpus, id, $"{id}.wav", speaker, emotion) { Text = text, Gender = gender, AudioHash = $"hash-{corpus}-{id}" };
    }

    public static CorpusData Of(IReadOnlyList<Utterance> utterances, string name = "made-up") => new(
        new CorpusCard
        {
            Name = name,
            Title = name,
            Language = "German",
            LanguageCode = "de",
            Classes = [.. utterances.Select(u => u.Emotion).Distinct().Select(e => KeyValuePair.Create(e, 1))],
            Speakers = 1,
            SpeakerNote = "made up",
            RecordingType = "synthetic",
            KeyFeatures = "none",
            Limitations = "none",
            Licence = "none",
            Reference = "none",
        },
        utterances,
        [],
        "");
}
