using System.Globalization;

namespace Undertone.Models.Pretraining;

/// <summary>Says of impossible settings of pre-training what they may be.</summary>
internal static class PretrainingProblems
{
    /// <summary>One sentence for each value that is not possible.</summary>
    public static IEnumerable<string> Of(params IEnumerable<(string Name, double Value, bool Possible, string Expected)> checks) => checks
        .Where(c => !c.Possible)
        .Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Name} must be {c.Expected}, but is {c.Value}"));
}
