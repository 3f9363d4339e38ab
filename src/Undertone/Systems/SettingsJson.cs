using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Undertone.Systems;

/// <summary>Settings as a JSON object whose keys are the segments of their paths: for <c>trial.json</c> and saved models.</summary>
public static class SettingsJson
{
    /// <summary>Writes every setting.</summary>
    /// <param name="settings">The settings.</param>
    /// <returns>A tree of objects; numbers and truth values are JSON's own, names of choices are strings.</returns>
    public static JsonObject Write(SystemSettings settings)
    {
        var root = new JsonObject();
        foreach (var (path, value) in SettingPath.Flatten(settings))
        {
            var segments = path.Split('.');
            var parent = root;
            foreach (var segment in segments[..^1])
            {
                parent[segment] ??= new JsonObject();
                parent = parent[segment]!.AsObject();
            }

            parent[segments[^1]] = ToJson(value);
        }

        return root;
    }

    /// <summary>Reads settings that <see cref="Write"/> wrote.</summary>
    /// <param name="defaults">The system's defaults; a setting that the object lacks keeps its default.</param>
    /// <param name="json">The object.</param>
    /// <returns>The settings.</returns>
    /// <exception cref="UndertoneException">A key is no setting of the system, or its value is impossible.</exception>
    public static T Read<T>(T defaults, JsonObject json)
        where T : SystemSettings
    {
        var settings = Read(defaults, json, string.Empty);
        var problems = SettingPath.Problems(settings);
        return problems.Count == 0 ? settings : throw new UndertoneException($"impossible settings: {string.Join("; ", problems)}");
    }

    private static T Read<T>(T settings, JsonObject json, string prefix)
        where T : SystemSettings
    {
        foreach (var (key, value) in json)
        {
            settings = value is JsonObject group
                ? Read(settings, group, $"{prefix}{key}.")
                : value is null && SettingPath.IsGroup(settings, prefix + key)
                    ? settings
                    : SettingPath.Apply(settings, prefix + key, FromJson(value));
        }

        return settings;
    }

    private static JsonNode? ToJson(object? value) => value switch
    {
        null => null,
        string text => Scalar(text),
        IReadOnlyList<object> list => new JsonArray([.. list.Select(ToJson)]),
        _ => throw new InvalidOperationException($"A setting cannot be of type {value.GetType()}."),
    };

    private static JsonValue Scalar(string text)
    {
        if (text is "true" or "false")
        {
            return JsonValue.Create(text == "true");
        }

        var isNumber = text.Length > 0 && (char.IsAsciiDigit(text[^1]) && (char.IsAsciiDigit(text[0]) || text[0] == '-'))
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
        if (!isNumber)
        {
            return JsonValue.Create(text);
        }

        // As an element the number keeps its digits: 0.1 as float stays 0.1.
        try
        {
            using var document = JsonDocument.Parse(text);
            return JsonValue.Create(document.RootElement.Clone())!;
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }

    private static object? FromJson(JsonNode? node) => node switch
    {
        null => null,
        JsonArray array => array.Select(item => FromJson(item)!).ToList(),
        JsonValue value => value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString(),
        _ => throw new UndertoneException("a list of settings cannot hold a group"),
    };
}
