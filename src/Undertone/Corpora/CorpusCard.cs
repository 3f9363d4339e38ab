namespace Undertone.Corpora;

/// <summary>What a corpus is, and what a complete copy of it holds.</summary>
public sealed record CorpusCard
{
    /// <summary>The corpus's name in experiment files: <c>emodb</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its full title.</summary>
    public required string Title { get; init; }

    /// <summary>Language in English, with ISO 639-1 code in <see cref="LanguageCode"/>.</summary>
    public required string Language { get; init; }

    /// <summary>ISO 639-1 code.</summary>
    public required string LanguageCode { get; init; }

    /// <summary>Classes in their reporting order, with the expected number of utterances of a complete copy; 0 where no reliable count is published.</summary>
    public required IReadOnlyList<KeyValuePair<string, int>> Classes { get; init; }

    /// <summary>The expected number of speakers.</summary>
    public required int Speakers { get; init; }

    /// <summary>The expected number of utterances of each speaker; null where it is not known.</summary>
    public IReadOnlyDictionary<string, int>? SpeakerCounts { get; init; }

    /// <summary>Speakers by gender and similar, in words.</summary>
    public required string SpeakerNote { get; init; }

    /// <summary><c>acted</c>, <c>elicited</c>, <c>spontaneous</c> or <c>synthetic</c>.</summary>
    public required string RecordingType { get; init; }

    /// <summary>Key features, a sentence.</summary>
    public required string KeyFeatures { get; init; }

    /// <summary>Limitations that a user of results must know, a sentence or more.</summary>
    public required string Limitations { get; init; }

    /// <summary>Licence and how to get access.</summary>
    public required string Licence { get; init; }

    /// <summary>Where the publisher offers it, or null.</summary>
    public string? Homepage { get; init; }

    /// <summary>Where a copy comes from and where to put it, a sentence: what an error says when the corpus is missing.</summary>
    public string Access { get; init; } = "";

    /// <summary>What a file name looks like, with its fields explained.</summary>
    public string FileNames { get; init; } = "";

    /// <summary>The expected number of female speakers, where the corpus says.</summary>
    public int? FemaleSpeakers { get; init; }

    /// <summary>The expected number of male speakers, where the corpus says.</summary>
    public int? MaleSpeakers { get; init; }

    /// <summary>Other names that its folder often has; letter case, spaces and punctuation do not matter.</summary>
    public IReadOnlyList<string> FolderNames { get; init; } = [];

    /// <summary>The share of utterances that listeners recognised from the audio alone, from 0 to 1, as published; null where it is not.</summary>
    public double? HumanRecognition { get; init; }

    /// <summary>The scale of arousal, valence and dominance, a sentence; empty where they are not rated.</summary>
    public string DimensionScale { get; init; } = "";

    /// <summary>Whose <see cref="Utterance.Votes"/> and recognition rates these are, and what they mean, a sentence; empty where there are none.</summary>
    public string HumanRateNote { get; init; } = "";

    /// <summary>The corpus whose speakers these are too, under the same ids; null where no other corpus has them.</summary>
    public string? SpeakersOf { get; init; }

    /// <summary>The CSV file that describes it, with full path; null for a corpus of the catalog.</summary>
    public string? Table { get; init; }

    /// <summary>What a command line calls it: its name, or its CSV file.</summary>
    public string CommandName => Table ?? Name;

    /// <summary>The reference to cite, with DOI where there is one.</summary>
    public required string Reference { get; init; }

    /// <summary>The expected total number of utterances; 0 where no reliable count is published.</summary>
    public int Utterances => Classes.Sum(c => c.Value);

    /// <summary>What a complete copy holds, in words: <c>535 files named like 03a01Fa.wav</c>.</summary>
    internal string Expected => $"{(Utterances > 0 ? $"{Utterances} " : "")}files named like {FileNames}";

    /// <summary>Counts by speaker, for <see cref="SpeakerCounts"/>.</summary>
    internal static Dictionary<string, int> BySpeaker(params IEnumerable<(string Speaker, int Count)> counts) => counts.ToDictionary(s => s.Speaker, s => s.Count);
}
