using System.Globalization;

namespace Undertone.Corpora;

/// <summary>A CSV file that a publisher ships beside the audio: some of its columns, by name.</summary>
internal static class SideTable
{
    /// <summary>Reads rows.</summary>
    /// <param name="file">The file.</param>
    /// <param name="needed">Columns that must be there; others are passed over.</param>
    /// <exception cref="UndertoneException">A column is missing, or a row has another number of fields than the header.</exception>
    public static IEnumerable<SideRow> Read(string file, IReadOnlyList<string> needed)
    {
        using var reader = new StreamReader(file);
        Dictionary<string, int>? columns = null;
        var width = 0;
        foreach (var (line, fields) in CsvRecords.Read(reader, file))
        {
            if (columns is null)
            {
                columns = fields.Select((name, i) => (name, i)).DistinctBy(c => c.name).ToDictionary(c => c.name, c => c.i, StringComparer.OrdinalIgnoreCase);
                width = fields.Count;
                if (needed.FirstOrDefault(n => !columns.ContainsKey(n)) is { } missing)
                {
                    throw new UndertoneException($"{file}:1: there is no column '{missing}'; expected {string.Join(", ", needed)}. Get the file anew from its publisher.");
                }
            }
            else if (fields.Count != width)
            {
                throw new UndertoneException(string.Create(
                    CultureInfo.InvariantCulture, $"{file}:{line}: {fields.Count} fields; expected {width} as in the header. Get the file anew from its publisher."));
            }
            else
            {
                yield return new SideRow(file, line, columns, fields);
            }
        }
    }
}

/// <summary>A row of a <see cref="SideTable"/>.</summary>
internal readonly record struct SideRow(string File, int Line, Dictionary<string, int> Columns, List<string> Fields)
{
    /// <summary>The field of a column, without spaces around it.</summary>
    public string this[string column] => Fields[Columns[column]].Trim();

    /// <summary>An error in this row.</summary>
    public UndertoneException Error(string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}: {what}. Get the file anew from its publisher."));
}
