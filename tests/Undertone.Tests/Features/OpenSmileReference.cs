using Undertone.Features.Tables;
using Undertone.Speech;

namespace Undertone.Tests.Features;

/// <summary>What openSMILE 3 computes on EMO-DB. The values lie beside the corpora, not in the project.</summary>
internal static class OpenSmileReference
{
    public static string? Folder => Environment.GetEnvironmentVariable("UNDERTONE_CORPORA") is { } corpora
        ? Path.GetFullPath(Path.Combine(corpora, "..", "reference", "opensmile"))
        : null;

    public static Waveform Wave(string name) =>
        AudioFile.Read(Path.Combine(Environment.GetEnvironmentVariable("UNDERTONE_CORPORA")!, "emodb", "wav", $"{name}.wav"));

    /// <summary>Every <paramref name="step"/>th row of a table of functionals.</summary>
    public static FeatureTable Functionals(string file, int step)
    {
        var all = FeatureTable.Read(Path.Combine(Folder!, file));
        var rows = Enumerable.Range(0, all.Utterances.Count).Where(r => r % step == 0).ToList();
        return new FeatureTable(all.Names, [.. rows.Select(r => Path.GetFileNameWithoutExtension(all.Utterances[r]))], [.. rows.Select(r => all[r].ToArray())]);
    }
}

/// <summary>A test against openSMILE's values; skipped, saying why, where they or EMO-DB are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OpenSmileFactAttribute : FactAttribute
{
    public OpenSmileFactAttribute()
    {
        var folder = OpenSmileReference.Folder;
        if (folder is null || !Directory.Exists(folder) || !Directory.Exists(Path.Combine(folder, "..", "..", "corpora", "emodb")))
        {
            Skip = $"needs openSMILE's values in ../reference/opensmile beside UNDERTONE_CORPORA, which is {folder ?? "not set"}.";
        }
    }
}
