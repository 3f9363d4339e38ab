namespace Undertone.Systems;

/// <summary>
/// Marks a setting that stands, once it is given, in the place of a group of settings beside it, so that who gives that group a
/// value of its own is told of it.
/// </summary>
/// <param name="group">The group's name in kebab case: <c>features</c>.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class InPlaceOfAttribute(string group) : Attribute
{
    /// <summary>The group's name.</summary>
    public string Group { get; } = group;
}
