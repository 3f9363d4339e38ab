namespace Undertone.Cli.Doctor;

/// <summary>How well something is.</summary>
internal enum Health
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>It works, but slowly or not in full.</summary>
    Warning,

    /// <summary>Something that is needed is not there.</summary>
    Missing,
}

/// <summary>One line of the doctor's table.</summary>
/// <param name="What">What was looked at, a word or two.</param>
/// <param name="Health">How well it is.</param>
/// <param name="Found">What was found, and where.</param>
/// <param name="Mend">The command or step that mends it; null where nothing is wrong.</param>
internal sealed record Finding(string What, Health Health, string Found, string? Mend = null)
{
    /// <summary>Nothing wrong.</summary>
    public static Finding Ok(string what, string found) => new(what, Health.Ok, found);

    /// <summary>Works, but not as well as it could.</summary>
    public static Finding Warning(string what, string found, string mend) => new(what, Health.Warning, found, mend);

    /// <summary>Needed and not there.</summary>
    public static Finding Missing(string what, string found, string mend) => new(what, Health.Missing, found, mend);
}
