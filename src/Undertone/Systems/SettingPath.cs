using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Undertone.Systems;

/// <summary>
/// Reads and writes the settings of a system by their paths in kebab case: <c>training.epochs</c>. The records are
/// never changed in place; every write gives a new tree.
/// </summary>
public static class SettingPath
{
    private static readonly NullabilityInfoContext Nullability = new();

    /// <summary>Sets one setting.</summary>
    /// <param name="settings">The settings to start from.</param>
    /// <param name="path">The setting's path: <c>training.epochs</c>.</param>
    /// <param name="value">
    /// What it shall be: the text of a scalar (<c>0.5</c>, <c>true</c>, <c>log-mel</c>), a list of such
    /// (<see cref="IReadOnlyList{T}"/> of <see cref="object"/>, nested for a list of lists), or null.
    /// </param>
    /// <returns>The settings with that one changed.</returns>
    /// <exception cref="UndertoneException">There is no such setting, or it cannot have that value.</exception>
    public static T Apply<T>(T settings, string path, object? value)
        where T : SystemSettings
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(path);
        return (T)Apply(settings, path, path.Split('.'), 0, value);
    }

    /// <summary>Every setting, in the order of declaration, those of base records first; those that are off too.</summary>
    /// <param name="settings">The settings.</param>
    public static IReadOnlyList<Setting> All(SystemSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var all = new List<Setting>();
        Collect(settings, string.Empty, off: false, all);
        return all;
    }

    /// <summary>Every setting that is not off, with its path and present value, in the order of <see cref="All"/>.</summary>
    /// <param name="settings">The settings.</param>
    /// <returns>
    /// Pairs of path and value as <see cref="Apply"/> takes it: the text of a scalar, a list, or null; floating-point
    /// numbers in the shortest form that reads back the same.
    /// </returns>
    public static IReadOnlyList<KeyValuePair<string, object?>> Flatten(SystemSettings settings) =>
        [.. All(settings).Where(s => !s.IsOff).Select(s => KeyValuePair.Create(s.Path, s.Value))];

    /// <summary>Whether a path names a group of settings (<c>training</c>) and not one value.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="path">The path.</param>
    /// <returns>False for values and for paths that do not exist.</returns>
    public static bool IsGroup(SystemSettings settings, string path)
    {
        object? node = settings;
        PropertyInfo? property = null;
        foreach (var segment in path.Split('.'))
        {
            var owner = node?.GetType() ?? property?.PropertyType;
            property = owner is null ? null : Settable(owner).FirstOrDefault(p => NameOf(p) == segment);
            if (property is null)
            {
                return false;
            }

            node = node is null ? null : property.GetValue(node);
        }

        return IsRecord(node?.GetType() ?? property!.PropertyType);
    }

    /// <summary>Refuses impossible values: asks every record of the tree that is an <see cref="IValidatedSettings"/>.</summary>
    /// <param name="settings">The settings.</param>
    /// <returns>One sentence for each problem, with the path of its record before it; empty where nothing is wrong.</returns>
    public static IReadOnlyList<string> Problems(SystemSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var problems = new List<string>();
        Collect(settings, string.Empty, problems);
        return problems;
    }

    private static object Apply(object record, string path, string[] segments, int depth, object? value)
    {
        var properties = Settable(record.GetType());
        var property = properties.FirstOrDefault(p => NameOf(p) == segments[depth]);
        if (property is null)
        {
            var place = depth == 0 ? "the system" : $"'{string.Join('.', segments[..depth])}'";
            var valid = properties.Select(NameOf).ToArray();
            throw new UndertoneException(
                $"there is no setting '{path}': {place} has no '{segments[depth]}'{NearestName.Hint(segments[depth], valid)}"
                + (NearestName.Of(segments[depth], valid) is null ? string.Empty : $" ({place} has: {string.Join(", ", valid)})"));
        }

        var present = property.GetValue(record);
        var type = present?.GetType() ?? Underlying(property.PropertyType);
        object? changed;
        if (depth < segments.Length - 1)
        {
            if (!IsRecord(type))
            {
                throw new UndertoneException(
                    $"there is no setting '{path}': '{string.Join('.', segments[..(depth + 1)])}' is {Describe(type)} and has no settings below it");
            }

            changed = Apply(present ?? Create(type, path), path, segments, depth + 1, value);
        }
        else if (value is null)
        {
            changed = AllowsNull(property)
                ? null
                : throw new UndertoneException($"the setting '{path}' cannot be left empty; expected {Describe(type)}");
        }
        else if (IsRecord(type))
        {
            throw new UndertoneException(
                $"'{path}' is a group of settings and takes no value of its own"
                + (properties.FirstOrDefault(p => p.GetCustomAttribute<InPlaceOfAttribute>()?.Group == segments[depth]) is { } other
                    ? $" ('{string.Join('.', [.. segments[..depth], NameOf(other)])}' names another in its place)"
                    : string.Empty)
                + "; it has: "
                + string.Join(", ", Settable(type).Select(p => $"{path}.{NameOf(p)}")));
        }
        else
        {
            changed = Convert(path, Underlying(property.PropertyType), value);
        }

        var copy = Clone(record);
        property.SetValue(copy, changed);
        return copy;
    }

    private static object Convert(string path, Type type, object value)
    {
        if (ElementOf(type) is { } element)
        {
            if (value is not IReadOnlyList<object> items)
            {
                throw Wrong(path, type, value);
            }

            var array = Array.CreateInstance(element, items.Count);
            for (var i = 0; i < items.Count; i++)
            {
                array.SetValue(Convert($"{path}[{i}]", element, items[i]), i);
            }

            return array;
        }

        if (value is not string text)
        {
            throw Wrong(path, type, value);
        }

        var culture = CultureInfo.InvariantCulture;
        object? converted = null;
        if (type.IsEnum)
        {
            converted = Enum.GetNames(type).FirstOrDefault(n => Kebab(n) == text) is { } name ? Enum.Parse(type, name) : null;
            if (converted is null)
            {
                var names = Enum.GetNames(type).Select(Kebab).ToArray();
                throw new UndertoneException(
                    $"the setting '{path}' cannot be '{text}'; expected one of: {string.Join(", ", names)}"
                    + (NearestName.Of(text, names) is { } near ? $"; did you mean '{near}'?" : string.Empty));
            }
        }
        else if (type == typeof(string))
        {
            converted = text;
        }
        else if (type == typeof(bool))
        {
            converted = text switch { "true" => true, "false" => false, _ => null };
        }
        else if (type == typeof(int))
        {
            converted = int.TryParse(text, NumberStyles.AllowLeadingSign, culture, out var number) ? number : null;
        }
        else if (type == typeof(long))
        {
            converted = long.TryParse(text, NumberStyles.AllowLeadingSign, culture, out var number) ? number : null;
        }
        else if (type == typeof(double))
        {
            converted = double.TryParse(text, NumberStyles.Float, culture, out var number) && double.IsFinite(number) ? number : null;
        }
        else if (type == typeof(float))
        {
            converted = float.TryParse(text, NumberStyles.Float, culture, out var number) && float.IsFinite(number) ? number : null;
        }

        return converted ?? throw Wrong(path, type, value);
    }

    private static UndertoneException Wrong(string path, Type type, object value) =>
        new($"the setting '{path}' cannot be {Show(value)}; expected {Describe(type)}");

    private static string Show(object value) =>
        value is IReadOnlyList<object> list ? $"the list [{string.Join(", ", list)}]" : $"'{value}'";

    private static string Describe(Type type)
    {
        if (ElementOf(type) is { } element)
        {
            return $"a list, each item {Describe(element)}";
        }

        type = Underlying(type);
        return type switch
        {
            { IsEnum: true } => $"one of: {string.Join(", ", Enum.GetNames(type).Select(Kebab))}",
            _ when type == typeof(bool) => "true or false",
            _ when type == typeof(int) || type == typeof(long) => "a whole number",
            _ when type == typeof(double) || type == typeof(float) => "a number",
            _ when type == typeof(string) => "a text",
            _ => "a group of settings",
        };
    }

    private static void Collect(object record, string prefix, bool off, List<Setting> all)
    {
        foreach (var property in Settable(record.GetType()))
        {
            var path = prefix + NameOf(property);
            var value = property.GetValue(record);
            var type = value?.GetType() ?? Underlying(property.PropertyType);
            var isOff = off || (value is null && IsLeftOut(property));
            if (IsRecord(type) && (value is not null || (isOff && IsCreatable(type))))
            {
                Collect(value ?? Create(type, path), path + ".", isOff, all);
            }
            else
            {
                all.Add(new Setting(path, isOff ? null : Text(value), Describe(property.PropertyType), isOff, property));
            }
        }
    }

    /// <summary>Whether a setting is left out of what is written where it is unset.</summary>
    private static bool IsLeftOut(PropertyInfo property) => property.GetCustomAttribute<JsonIgnoreAttribute>() is { Condition: JsonIgnoreCondition.WhenWritingNull };

    private static object? Text(object? value) => value switch
    {
        null => null,
        string text => text,
        bool flag => flag ? "true" : "false",
        Enum named => Kebab(named.ToString()),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        System.Collections.IEnumerable list => list.Cast<object>().Select(item => Text(item)!).ToList(),
        _ => throw new InvalidOperationException($"A setting cannot be of type {value.GetType()}."),
    };

    private static void Collect(object record, string prefix, List<string> problems)
    {
        if (record is IValidatedSettings validated)
        {
            problems.AddRange(validated.Problems().Select(p => prefix.Length == 0 ? p : $"{prefix}: {p}"));
        }

        foreach (var property in Settable(record.GetType()))
        {
            if (property.GetValue(record) is { } value && IsRecord(value.GetType()))
            {
                Collect(value, prefix.Length == 0 ? NameOf(property) : $"{prefix}.{NameOf(property)}", problems);
            }
        }
    }

    /// <summary>The settable properties, those of base records first.</summary>
    private static List<PropertyInfo> Settable(Type type) =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p is { CanRead: true, CanWrite: true } && p.GetIndexParameters().Length == 0)
            .OrderBy(p => Depth(p.DeclaringType))
            .ThenBy(p => p.MetadataToken)];

    private static int Depth(Type? type) => type is null ? 0 : 1 + Depth(type.BaseType);

    private static string NameOf(PropertyInfo property) => Kebab(property.Name);

    private static string Kebab(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);

    private static Type Underlying(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    private static bool AllowsNull(PropertyInfo property) =>
        Nullable.GetUnderlyingType(property.PropertyType) is not null
        || (!property.PropertyType.IsValueType && Nullability.Create(property).WriteState == NullabilityState.Nullable);

    /// <summary>A record class: what the compiler gives a clone method to.</summary>
    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;

    private static object Clone(object record) => record.GetType().GetMethod("<Clone>$")!.Invoke(record, null)!;

    private static bool IsCreatable(Type type) => !type.IsAbstract && type.GetConstructor(Type.EmptyTypes) is not null;

    private static object Create(Type type, string path) =>
        IsCreatable(type)
            ? type.GetConstructor(Type.EmptyTypes)!.Invoke(null)
            : throw new UndertoneException($"the setting '{path}' lies in a group that is switched off and cannot be switched on by one of its settings");

    private static Type? ElementOf(Type type)
    {
        if (type.IsArray)
        {
            return type.GetElementType();
        }

        return type.IsGenericType && type.IsAssignableFrom(type.GetGenericArguments()[0].MakeArrayType())
            ? type.GetGenericArguments()[0]
            : null;
    }
}
