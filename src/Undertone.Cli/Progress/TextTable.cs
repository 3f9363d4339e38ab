namespace Undertone.Cli.Progress;

/// <summary>Columns of plain text, for tables that may have thousands of rows.</summary>
internal static class TextTable
{
    /// <summary>Writes rows below their heads, each column as wide as its widest cell.</summary>
    public static void Write(IReadOnlyList<string> heads, IEnumerable<string[]> rows)
    {
        List<string[]> all = [[.. heads], .. rows];
        var widths = Enumerable.Range(0, heads.Count).Select(c => all.Max(r => r[c].Length)).ToArray();
        foreach (var row in all)
        {
            Console.WriteLine(string.Join("  ", row.Select((cell, c) => cell.PadRight(widths[c]))).TrimEnd());
        }
    }

    /// <summary>A field of comma-separated values, in quotes where it must be.</summary>
    public static string CsvField(string value) =>
        value.AsSpan().IndexOfAny(",\"\r\n") < 0 ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
