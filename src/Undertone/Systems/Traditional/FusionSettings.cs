using System.Globalization;
using System.Text.Json.Serialization;
using Undertone.Features;

namespace Undertone.Systems.Traditional;

/// <summary>The settings of <see cref="Fusion"/>.</summary>
public sealed record FusionSettings : SystemSettings, IValidatedSettings
{
    /// <summary>
    /// The systems that are joined, each by its name, with changes to its settings behind it where there are any:
    /// <c>[svm-egemaps, cnn training.epochs=20 members=2]</c>. A list among the values stands in brackets, without spaces, and the member then in quotes.
    /// The fusion's own <c>normalisation</c>, unless it is <c>global</c>, and its <c>preprocessing</c> are the members' too, where
    /// they are not changed there; under <c>global</c> every member keeps its own.
    /// </summary>
    public IReadOnlyList<string> Members { get; init; } = ["svm-covariance", "svm-compare", "dnn-functionals"];

    /// <summary>How strongly the weights are drawn to equal ones: two validation speakers are few to learn from.</summary>
    public double Shrinkage { get; init; } = 0.5;

    /// <inheritdoc/>
    public override bool IsAdapted => Resolve().Any(m => m.Settings.IsAdapted);

    /// <inheritdoc/>
    [JsonIgnore]
    public override string FeatureFingerprint => string.Join(" | ", Resolve().Select(m => m.Settings.FeatureFingerprint).Distinct());

    /// <summary>The members with their settings.</summary>
    /// <exception cref="UndertoneException">A member is unknown, is itself a fusion, or has no such setting; the message says which.</exception>
    public IReadOnlyList<FusionMember> Resolve() => [.. Members.Select(Resolve)];

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        if (Members.Count == 0)
        {
            yield return "members must name at least one system";
        }

        if (!(Shrinkage > 0 && double.IsFinite(Shrinkage)))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"shrinkage must be greater than 0, but is {Shrinkage}");
        }

        foreach (var problem in Members.SelectMany(ProblemsOf))
        {
            yield return problem;
        }
    }

    private IReadOnlyList<string> ProblemsOf(string member)
    {
        try
        {
            return [.. SettingPath.Problems(Resolve(member).Settings).Select(p => $"members: '{member}': {p}")];
        }
        catch (UndertoneException error)
        {
            return [error.Message];
        }
    }

    private FusionMember Resolve(string member)
    {
        var parts = member.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0)
        {
            throw new UndertoneException("members: a member is empty; expected the name of a system");
        }

        try
        {
            var system = SystemCatalog.Default.Get(parts[0]);
            if (system is Fusion)
            {
                throw new UndertoneException("a fusion cannot be a member of a fusion; name its members instead");
            }

            var settings = system.Defaults;
            settings = settings with
            {
                Normalisation = Normalisation == Normalisation.Global ? settings.Normalisation : Normalisation,
                Preprocessing = Preprocessing ?? settings.Preprocessing,
            };
            return new FusionMember(system, parts.Skip(1).Aggregate(settings, Change));
        }
        catch (UndertoneException error)
        {
            throw new UndertoneException($"members: '{member}': {error.Message}", error);
        }
    }

    private static SystemSettings Change(SystemSettings settings, string change)
    {
        var at = change.IndexOf('=', StringComparison.Ordinal);
        if (at <= 0)
        {
            throw new UndertoneException($"'{change}' is no change of a setting; expected path=value, as in training.epochs=20");
        }

        var text = change[(at + 1)..];
        object? value = text switch
        {
            "null" => null,
            ['[', .. var items, ']'] => items.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            _ => text,
        };
        return SettingPath.Apply(settings, change[..at], value);
    }
}

/// <summary>A member of a fusion.</summary>
/// <param name="System">The system.</param>
/// <param name="Settings">Its settings.</param>
public sealed record FusionMember(EmotionSystem System, SystemSettings Settings);
