namespace Undertone.Experiments;

/// <summary>A change to an experiment from the command line: <c>--set training.epochs=4</c>.</summary>
public sealed record SettingChange
{
    private SettingChange(string path, string text)
    {
        Path = path;
        Text = text;
        Value = YamlTree.ValueOf(text, Origin);
    }

    /// <summary>The path of a setting, or a key of the experiment file.</summary>
    public string Path { get; }

    /// <summary>The value as it was written: YAML, so that <c>[0, 1]</c> is a list.</summary>
    public string Text { get; }

    /// <summary>The value as <see cref="Systems.SettingPath.Apply"/> takes it.</summary>
    public object? Value { get; }

    /// <summary>What errors show instead of a file and line.</summary>
    public string Origin => $"--set {Path}={Text}";

    /// <summary>Reads <c>path=value</c>.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The change.</returns>
    /// <exception cref="UndertoneException">It has no equals sign, or nothing before it.</exception>
    public static SettingChange Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var at = text.IndexOf('=', StringComparison.Ordinal);
        return at > 0
            ? new SettingChange(text[..at].Trim(), text[(at + 1)..].Trim())
            : throw new UndertoneException($"--set {text}: expected path=value, as in --set training.epochs=4.");
    }
}
