using System.Text;

namespace Undertone;

/// <summary>
/// A strict reader and writer of comma-separated records (RFC 4180, doi:10.17487/RFC4180): a quote inside an unquoted
/// field, text after a closing quote and a quote that is never closed are errors with their line, not guesses.
/// </summary>
internal static class CsvRecords
{
    /// <summary>Reads a file of UTF-8 text, with or without a byte order mark.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expected">What errors expect it to be: <c>a CSV file of predictions</c>.</param>
    /// <param name="read">What to do with its text.</param>
    /// <exception cref="UndertoneException">It is missing, cannot be read or is not UTF-8.</exception>
    public static T ReadFile<T>(string path, string expected, Func<TextReader, T> read)
    {
        try
        {
            using var reader = new StreamReader(path, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: false);
            if (reader.Peek() == '\uFEFF')
            {
                reader.Read();
            }

            return read(reader);
        }
        catch (DecoderFallbackException e)
        {
            throw new UndertoneException($"{path}: not UTF-8 text; expected a CSV file in UTF-8.", e);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UndertoneException($"{path}: no such file; expected {expected}.", e);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new UndertoneException($"{path}: cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Reads all records with the line on which each begins, from 1; an empty line at the end is passed over.</summary>
    public static IEnumerable<(int Line, List<string> Fields)> Read(TextReader reader, string name)
    {
        var line = 1;
        var field = new StringBuilder();
        while (reader.Peek() >= 0)
        {
            var start = line;
            var fields = new List<string>();
            var more = true;
            while (more)
            {
                field.Clear();
                if (reader.Peek() == '"')
                {
                    reader.Read();
                    ReadQuoted();
                }
                else
                {
                    while (reader.Peek() is not (-1 or ',' or '\n' or '\r'))
                    {
                        var c = (char)reader.Read();
                        if (c == '"')
                        {
                            throw new UndertoneException($"{name}, line {line}, field {fields.Count + 1}: a quote inside an unquoted field; expected the whole field in quotes, inner quotes doubled.");
                        }

                        field.Append(c);
                    }
                }

                fields.Add(field.ToString());
                more = EndField(fields.Count);
            }

            if (fields is not [""] || reader.Peek() >= 0)
            {
                yield return (start, fields);
            }
        }

        void ReadQuoted()
        {
            var opened = line;
            while (true)
            {
                var c = reader.Read();
                if (c < 0)
                {
                    throw new UndertoneException($"{name}, line {opened}: a quote is opened and never closed.");
                }

                if (c == '"')
                {
                    if (reader.Peek() != '"')
                    {
                        return;
                    }

                    reader.Read();
                }

                line += c == '\n' ? 1 : 0;
                field.Append((char)c);
            }
        }

        bool EndField(int number)
        {
            var c = reader.Read();
            if (c == '\r' && reader.Peek() == '\n')
            {
                c = reader.Read();
            }

            line += c is '\n' or '\r' ? 1 : 0;
            return c is -1 or '\n' or '\r' ? false
                : c == ',' ? true
                : throw new UndertoneException($"{name}, line {line}, field {number}: text after the closing quote; expected a comma or the end of the line.");
        }
    }

    /// <summary>A field as it is written: in quotes where it must be.</summary>
    public static string Field(string value) =>
        value.AsSpan().IndexOfAny(",\"\r\n") < 0 ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
