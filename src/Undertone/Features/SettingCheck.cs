using System.Globalization;

namespace Undertone.Features;

/// <summary>Refuses impossible settings by name.</summary>
internal static class SettingCheck
{
    public static void Require(bool holds, string set, string setting, IConvertible? found, string expected)
    {
        if (!holds)
        {
            throw new UndertoneException(
                $"{set}: the setting '{setting}' is {found?.ToString(CultureInfo.InvariantCulture) ?? "empty"}; expected {expected}.");
        }
    }

    public static T Preset<T>(string set, string name, IReadOnlyDictionary<string, T> presets) =>
        presets.TryGetValue(name, out var preset)
            ? preset
            : throw new UndertoneException($"{set}: there is no preset '{name}'{NearestName.Hint(name, presets.Keys)}");
}
