using System.Globalization;
using System.IO.Compression;

namespace Undertone.Features.Tables;

/// <summary>A table of features of one frame an utterance: one row an utterance, one named column a value.</summary>
public sealed class FeatureTable
{
    private readonly double[][] _rows;

    /// <summary>Makes a table.</summary>
    /// <param name="names">The columns' names, none twice.</param>
    /// <param name="utterances">The rows' names.</param>
    /// <param name="rows">One array a row, each as long as <paramref name="names"/>.</param>
    /// <exception cref="ArgumentException">The sizes do not fit, or a column's name stands twice.</exception>
    public FeatureTable(IReadOnlyList<string> names, IReadOnlyList<string> utterances, IReadOnlyList<double[]> rows)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(utterances);
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count != utterances.Count || rows.Any(r => r.Length != names.Count) || names.Distinct().Count() != names.Count)
        {
            throw new ArgumentException($"{rows.Count} rows for {utterances.Count} utterances and {names.Count} names: expected a row for each utterance, a value for each name, and each name once.");
        }

        (Names, Utterances, _rows) = ([.. names], [.. utterances], [.. rows]);
    }

    /// <summary>The columns' names.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The rows' names: utterances or files.</summary>
    public IReadOnlyList<string> Utterances { get; }

    /// <summary>The values of a row.</summary>
    /// <param name="row">Its index, from 0.</param>
    public ReadOnlySpan<double> this[int row] => _rows[row];

    /// <summary>
    /// Reads a table that a tool wrote: a header, then one row a file; the first column is the file's name. Fields are
    /// separated by <c>;</c>, tabs or commas, whichever the header has; names may be in quotation marks. A path that ends
    /// in <c>.gz</c> is unpacked.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="wanted">Which columns are read, where the file has them; others may hold what they like. Null reads all.</param>
    /// <exception cref="UndertoneException">The file is missing, is no such table, or a value is no number.</exception>
    public static FeatureTable Read(string path, IEnumerable<string>? wanted = null)
    {
        try
        {
            using var file = File.OpenRead(path);
            using var unpacked = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
            using var reader = new StreamReader(unpacked);
            return Read(reader, path, wanted?.ToHashSet(StringComparer.Ordinal));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UndertoneException($"{path}: no such file; expected a table of features, one row a file.", e);
        }
        catch (Exception e) when (e is InvalidDataException or UnauthorizedAccessException)
        {
            throw new UndertoneException($"{path}: cannot be read: {e.Message}", e);
        }
    }

    private static FeatureTable Read(TextReader reader, string path, HashSet<string>? wanted)
    {
        var header = reader.ReadLine() ?? throw new UndertoneException($"{path}: is empty; expected a header and one row a file.");
        var separator = header.Contains(';', StringComparison.Ordinal) ? ';' : header.Contains('\t', StringComparison.Ordinal) ? '\t' : ',';
        string[] names = [.. header.TrimStart('\uFEFF').Split(separator).Select(Bare)];
        var columns = Enumerable.Range(1, Math.Max(0, names.Length - 1)).Where(c => wanted is null || wanted.Contains(names[c])).ToList();
        if (names.Length < 2)
        {
            throw new UndertoneException($"{path}, line 1: has one column, '{names[0]}'; expected the file's name and then values, separated by ';', tabs or ','.");
        }

        if (columns.Count == 0)
        {
            throw new UndertoneException(
                $"{path}, line 1: has none of the values wanted, such as '{wanted!.Order(StringComparer.Ordinal).First()}'; its columns are called '{string.Join("', '", names.Skip(1).Take(3))}'{(names.Length > 4 ? ", …" : "")}.");
        }

        if (columns.GroupBy(c => names[c]).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new UndertoneException($"{path}, line 1: the column '{twice.Key}' stands twice; expected each value once.");
        }

        var (files, rows) = (new List<string>(), new List<double[]>());
        for (var line = 2; reader.ReadLine() is { } text; line++)
        {
            if (text.Length == 0)
            {
                continue;
            }

            var fields = text.Split(separator);
            if (fields.Length != names.Length)
            {
                throw new UndertoneException($"{path}, line {line}: has {fields.Length} fields; the header has {names.Length}.");
            }

            files.Add(Bare(fields[0]));
            rows.Add([.. columns.Select(c => double.TryParse(fields[c], NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                ? value
                : throw new UndertoneException($"{path}, line {line}, column '{names[c]}': '{fields[c]}' is no number."))]);
        }

        return new FeatureTable([.. columns.Select(c => names[c])], files, rows);
    }

    private static string Bare(string field) => field.Trim().Trim('"', '\'');
}
