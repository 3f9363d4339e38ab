namespace Undertone;

/// <summary>A settings record that knows which of its values are impossible, alone or together.</summary>
public interface IValidatedSettings
{
    /// <summary>
    /// What is wrong with the values: one sentence each, naming the setting in kebab case, what it may be and what it
    /// is (<c>epochs must be at least 1, but is 0</c>). Empty where nothing is.
    /// </summary>
    IEnumerable<string> Problems();
}
