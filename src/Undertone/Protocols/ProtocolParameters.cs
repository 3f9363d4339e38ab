using System.Collections;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Undertone.Protocols;

/// <summary>Reads a protocol's mapping of parameters and refuses what it does not know.</summary>
internal sealed class ProtocolParameters
{
    private readonly string _kind;
    private readonly IReadOnlyDictionary<string, object?> _values;

    public ProtocolParameters(string kind, IReadOnlyDictionary<string, object?> values, params IReadOnlyCollection<string> known)
    {
        _kind = kind;
        _values = values;
        foreach (var name in values.Keys.Where(k => k != "kind" && !known.Contains(k)))
        {
            throw new UndertoneException(known.Count == 0
                ? $"protocol '{kind}': unknown parameter '{name}'; it has none."
                : $"protocol '{kind}': unknown parameter '{name}'{NearestName.Hint(name, known)}");
        }
    }

    public bool Has(string name) => _values.ContainsKey(name);

    public UndertoneException Wrong(string name, string expected) =>
        new($"protocol '{_kind}': {name} is {Show(_values.GetValueOrDefault(name))}; expected {expected}.");

    /// <summary>A whole number, or the fallback where it is not given.</summary>
    public int Whole(string name, int? fallback, int least)
    {
        if (!Has(name))
        {
            return fallback ?? throw new UndertoneException($"protocol '{_kind}': {name} is missing; expected a whole number of at least {least}.");
        }

        return int.TryParse(Scalar(_values[name]), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least
            ? value
            : throw Wrong(name, $"a whole number of at least {least}");
    }

    /// <summary>A text, or null where it is not given.</summary>
    public string? Text(string name, string expected) =>
        !Has(name) ? null : Scalar(_values[name]) is { Length: > 0 } text ? text : throw Wrong(name, expected);

    /// <summary>A name to be used in file names, or the fallback.</summary>
    public string FileName(string name, Func<string> fallback)
    {
        const string expected = "letters, digits, '-' and '_', and not the name of another protocol";
        if (Text(name, expected) is not { } text)
        {
            return fallback();
        }

        return FoldNames.IsSafe(text) && !ProtocolCatalog.Names.Contains(text) ? text : throw Wrong(name, expected);
    }

    /// <summary>A list of speakers, or null where it is not given.</summary>
    public IReadOnlyList<string>? Speakers(string name) =>
        !Has(name) ? null : List(_values[name]) ?? throw Wrong(name, "a list of speakers, for example [03, 08]");

    /// <summary>A list of corpora, or one of them; null where it is not given.</summary>
    public IReadOnlyList<string>? Corpora(string name) =>
        !Has(name) ? null : Scalar(_values[name]) is { Length: > 0 } one ? [one] : List(_values[name]) ?? throw Wrong(name, "a list of corpora, for example [emodb, ravdess]");

    /// <summary>Lists of speakers by name: a list of lists (named 1, 2, ...) or a mapping of lists.</summary>
    public IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> SpeakerLists(string name)
    {
        const string expected = "lists of speakers, one a fold, for example [[03, 08], [09, 10]] or { a: [03], b: [08] }";
        var lists = new List<KeyValuePair<string, IReadOnlyList<string>>>();
        foreach (var (key, value) in Entries(_values[name]) ?? throw Wrong(name, expected))
        {
            lists.Add(new(key, List(value) ?? throw Wrong(name, expected)));
        }

        return lists.Count == 0 ? throw Wrong(name, expected) : lists;
    }

    /// <summary>One of some words, or the first of them where it is not given.</summary>
    public string Choice(string name, params IReadOnlyList<string> words)
    {
        var expected = $"one of: {string.Join(", ", words)}";
        var text = Text(name, expected);
        return text is null ? words[0] : words.Contains(text) ? text : throw Wrong(name, expected);
    }

    /// <summary>Whole percentages, each once, in rising order.</summary>
    public IReadOnlyList<int> Percentages(string name, IReadOnlyList<int> fallback)
    {
        if (!Has(name))
        {
            return fallback;
        }

        const string expected = "whole percentages from 1 to 100, each once, for example [5, 10, 25, 50, 100]";
        var numbers = (List(_values[name]) ?? throw Wrong(name, expected))
            .Select(t => int.TryParse(t, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n is >= 1 and <= 100 ? n : throw Wrong(name, expected))
            .Order().ToList();
        return numbers.Distinct().Count() == numbers.Count ? numbers : throw Wrong(name, expected);
    }

    /// <summary>A value as the file gives it, or null where it is not given.</summary>
    public object? Value(string name) => _values.GetValueOrDefault(name);

    /// <summary>Six hexadecimal digits that tell these lists from others.</summary>
    public static string Hash(IEnumerable<KeyValuePair<string, IReadOnlyList<string>>> lists)
    {
        var text = string.Join('\n', lists.Select(l => $"{l.Key}:{string.Join('\t', l.Value.Order(StringComparer.Ordinal))}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..6];
    }

    private static IEnumerable<(string Key, object? Value)>? Entries(object? value) => value switch
    {
        string => null,
        IDictionary map => map.Keys.Cast<object>().Select(k => (Scalar(k) ?? "", map[k])),
        IEnumerable<KeyValuePair<string, object?>> map => map.Select(p => (p.Key, p.Value)),
        IEnumerable list => list.Cast<object?>().Select((v, i) => ((i + 1).ToString(CultureInfo.InvariantCulture), v)),
        _ => null,
    };

    private static List<string>? List(object? value)
    {
        if (value is string or IDictionary or not IEnumerable)
        {
            return null;
        }

        var list = ((IEnumerable)value).Cast<object?>().Select(v => Scalar(v) ?? "").ToList();
        return list.Count == 0 || list.Contains("") ? null : list;
    }

    private static string? Scalar(object? value) => value switch
    {
        string text => text.Trim(),
        bool or sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal =>
            Convert.ToString(value, CultureInfo.InvariantCulture),
        _ => null,
    };

    private static string Show(object? value) => value switch
    {
        null => "empty",
        _ when Scalar(value) is { } text => $"'{text}'",
        IDictionary => "a mapping",
        _ => "a list",
    };
}
