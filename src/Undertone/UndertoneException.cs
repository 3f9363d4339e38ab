namespace Undertone;

/// <summary>
/// Something its user can mend: a wrong name, a missing corpus, a damaged file. The message says what is wrong,
/// where, what was expected, and the way out. The command line prints it without a stack trace and exits with 2.
/// </summary>
public class UndertoneException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">What is wrong, where, what was expected, and the way out.</param>
    /// <param name="inner">The error underneath, where there is one.</param>
    public UndertoneException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
