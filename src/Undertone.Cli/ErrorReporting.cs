using System.CommandLine;

namespace Undertone.Cli;

/// <summary>Runs a command and says what went wrong in a readable form, on standard error.</summary>
internal static class ErrorReporting
{
    /// <summary>Success.</summary>
    public const int Done = 0;

    /// <summary>Something failed that the user did not cause.</summary>
    public const int Failure = 1;

    /// <summary>A mistake in what was asked.</summary>
    public const int Mistake = 2;

    /// <summary>Ctrl-C or SIGTERM.</summary>
    public const int Interrupted = 130;

    /// <summary>Shows stack traces.</summary>
    public static Option<bool> Debug { get; } = new("--debug")
    {
        Description = "Show where in the program an error came from (also: UNDERTONE_DEBUG=1)",
        Recursive = true,
    };

    /// <summary>Runs the command that was asked for.</summary>
    public static int Run(ParseResult parsed)
    {
        try
        {
            // Commands handle Ctrl-C and SIGTERM themselves where there is something to put in order.
            var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            var code = parsed.Invoke(configuration);
            return parsed.Errors.Count > 0 ? Mistake : code;
        }
        catch (Exception e)
        {
            return Report(e, parsed.GetValue(Debug));
        }
    }

    private static int Report(Exception error, bool debug)
    {
        debug |= Environment.GetEnvironmentVariable("UNDERTONE_DEBUG") is { Length: > 0 } and not "0";
        var (code, text) = error switch
        {
            UndertoneException => (Mistake, $"error: {error.Message}"),
            OperationCanceledException => (Interrupted, "interrupted."),
            IOException or UnauthorizedAccessException => (Failure, $"error: {error.Message}"),
            _ => (Failure, $"error: {error.GetType().Name}: {error.Message}\n{Details(debug)}"),
        };
        Console.Error.WriteLine(text.TrimEnd());
        if (debug)
        {
            Console.Error.WriteLine(error);
        }

        return code;
    }

    private static string Details(bool debug) =>
        debug ? string.Empty : "This is not your mistake but a fault in Undertone; the same command with --debug shows where.";
}
