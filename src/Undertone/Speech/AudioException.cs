namespace Undertone.Speech;

/// <summary>Audio that cannot be used: the message names the file, what was found and what was expected.</summary>
public sealed class AudioException : UndertoneException
{
    /// <summary>Creates the error.</summary>
    /// <param name="file">The file.</param>
    /// <param name="found">What was found: <c>holds no audio (0 frames)</c>.</param>
    /// <param name="expected">What was expected, or the way out: <c>expected at least one frame</c>.</param>
    /// <param name="inner">The error underneath, where there is one.</param>
    public AudioException(string file, string found, string expected, Exception? inner = null)
        : base($"{file}: {found}; {expected}.", inner)
    {
        File = file;
        Found = found;
        Expected = expected;
    }

    /// <summary>The file.</summary>
    public string File { get; }

    /// <summary>What was found.</summary>
    public string Found { get; }

    /// <summary>What was expected, or the way out.</summary>
    public string Expected { get; }
}
