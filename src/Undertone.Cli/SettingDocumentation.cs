using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Undertone.Systems;

namespace Undertone.Cli;

/// <summary>What settings do, in the words of the documentation that the compiler lays beside the library.</summary>
internal sealed partial class SettingDocumentation
{
    private readonly Dictionary<string, XElement> _members;

    private SettingDocumentation(Dictionary<string, XElement> members) => _members = members;

    /// <summary>Reads the library's documentation.</summary>
    /// <exception cref="UndertoneException">It is not there or cannot be read.</exception>
    public static SettingDocumentation Read()
    {
        var path = Path.Combine(AppContext.BaseDirectory, $"{typeof(SystemSettings).Assembly.GetName().Name}.xml");
        try
        {
            return new SettingDocumentation(XDocument.Load(path).Descendants("member")
                .Where(m => (string?)m.Attribute("name") is ['P', ..] && m.Element("summary") is not null)
                .ToDictionary(m => (string)m.Attribute("name")!, m => m.Element("summary")!, StringComparer.Ordinal));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or XmlException)
        {
            throw new UndertoneException($"The documentation of the settings, '{path}', cannot be read: {error.Message} Build Undertone again.", error);
        }
    }

    /// <summary>What a setting does.</summary>
    /// <param name="property">The property that bears it, or overrides the one that is documented.</param>
    public string Of(PropertyInfo property)
    {
        for (var type = property.DeclaringType; type is not null; type = type.BaseType)
        {
            if (_members.TryGetValue($"P:{type.FullName!.Replace('+', '.')}.{property.Name}", out var summary))
            {
                // Whoever sets it by its path knows no null.
                return Null().Replace(Blanks().Replace(string.Concat(summary.Nodes().Select(Text)), " ").Trim(), m => m.Value == "null" ? "unset" : "Unset");
            }
        }

        return "";
    }

    // A property is named as its setting, a type as in code.
    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" } see when (string?)see.Attribute("cref") is { } target =>
            target.Split('(')[0].Split('.')[^1] is var name && target[0] == 'P' ? JsonNamingPolicy.KebabCaseLower.ConvertName(name) : name.Split('`')[0],
        XElement { Name.LocalName: "see" } see => (string?)see.Attribute("langword") ?? see.Value,
        XElement element => string.Concat(element.Nodes().Select(Text)),
        _ => "",
    };

    [GeneratedRegex(@"\b[Nn]ull\b")]
    private static partial Regex Null();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
