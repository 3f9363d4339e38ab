using System.Globalization;

namespace Undertone.Protocols;

/// <summary>Names of folds and protocols end up in folder names, with dots between their parts.</summary>
internal static class FoldNames
{
    /// <summary>Whether a name is made of ASCII letters, digits, '-' and '_'.</summary>
    public static bool IsSafe(string name) => name.Length is > 0 and <= 60 && name.All(IsSafe);

    /// <summary>
    /// Names for folds that are called after something: other characters become '_'. Where two names would then be
    /// the same (upper and lower case being one, as on some file systems), the later one gains a number.
    /// </summary>
    public static IReadOnlyList<string> From(IReadOnlyList<string> names)
    {
        var used = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var result = new List<string>();
        foreach (var name in names)
        {
            var safe = string.Concat(name.Take(60).Select(c => IsSafe(c) ? c : '_'));
            safe = safe.Length == 0 ? "_" : safe;
            var unique = safe;
            for (var n = 2; !used.Add(unique); n++)
            {
                unique = $"{safe}_{n}";
            }

            result.Add(unique);
        }

        return result;
    }

    /// <summary>1 to <paramref name="count"/>, with leading zeros where that makes them sort.</summary>
    public static string Number(int index, int count)
    {
        var width = count.ToString(CultureInfo.InvariantCulture).Length;
        return (index + 1).ToString(CultureInfo.InvariantCulture).PadLeft(width, '0');
    }

    private static bool IsSafe(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';
}
