namespace Undertone.Corpora.Downloads;

/// <summary>
/// A download that failed without a mistake of its user: a server that does not answer, a file that is not what was
/// announced, a damaged or unsafe archive. The message says what, where, and the way out.
/// </summary>
public sealed class DownloadException : IOException
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">What failed, where, and the way out.</param>
    /// <param name="inner">The error underneath, where there is one.</param>
    public DownloadException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>Whether the disk is at fault and not what was downloaded.</summary>
    internal bool IsOfDisk { get; init; }
}
