namespace Undertone.Testing;

/// <summary>
/// A test that needs a real corpus below <c>UNDERTONE_CORPORA</c>. Where the corpus is absent the test is skipped and
/// says so; where it is present nothing is skipped.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CorpusFactAttribute : FactAttribute
{
    public CorpusFactAttribute(string corpus)
    {
        var folder = Environment.GetEnvironmentVariable("UNDERTONE_CORPORA");
        if (folder is null || !Directory.Exists(Path.Combine(folder, corpus)))
        {
            Skip = $"needs the corpus '{corpus}' below UNDERTONE_CORPORA, which is {(folder is null ? "not set" : folder)}.";
        }
    }
}
