namespace Undertone.Corpora;

/// <summary>The outcome of reading a file name: an utterance, or what is wrong with the name.</summary>
/// <param name="Utterance">The utterance, or null where the name is foreign.</param>
/// <param name="Problem">Which field is not as expected; empty where the name was read.</param>
public readonly record struct NameParse(Utterance? Utterance, string Problem)
{
    /// <summary>A name that is not the corpus's.</summary>
    /// <param name="problem">Which field is not as expected, and what was.</param>
    /// <returns>The outcome.</returns>
    public static NameParse Foreign(string problem) => new(null, problem);

    /// <summary>A name that was read.</summary>
    /// <param name="utterance">The utterance.</param>
    /// <returns>The outcome.</returns>
    public static NameParse Read(Utterance utterance) => new(utterance, "");
}
