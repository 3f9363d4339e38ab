using System.CommandLine;
using System.CommandLine.Parsing;
using Undertone.Experiments;
using Undertone.Torch;

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
        Description = "Show where in the program an error came from (also: UNDERTONE_DEBUG=1).",
        Recursive = true,
    };

    /// <summary>Runs the command that was asked for.</summary>
    public static int Run(ParseResult parsed)
    {
        try
        {
            if (parsed.Errors.Count > 0)
            {
                return Refuse(parsed);
            }

            // Commands handle Ctrl-C and SIGTERM themselves where there is something to put in order.
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (Exception e)
        {
            return Report(e, parsed.GetValue(Debug));
        }
    }

    private static int Refuse(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var unknown = parsed.UnmatchedTokens.Count > 0 ? parsed.UnmatchedTokens[0] : null;
        if (unknown is not null && command.Subcommands.Count > 0 && !unknown.StartsWith('-'))
        {
            Console.Error.WriteLine($"error: there is no command '{unknown}'{NearestName.Hint(unknown, command.Subcommands.Select(c => c.Name))}");
        }
        else if (unknown is not null && unknown.StartsWith('-'))
        {
            var options = command.Options.Concat(command.Parents.OfType<Command>().SelectMany(p => p.Options).Where(o => o.Recursive)).Select(o => o.Name);
            Console.Error.WriteLine($"error: there is no option '{unknown}'{NearestName.Hint(unknown, options)}");
        }
        else
        {
            foreach (var error in parsed.Errors)
            {
                Console.Error.WriteLine($"error: {ParseProblem.Text(error.Message, command, parsed)}");
            }
        }

        Console.Error.WriteLine($"'{Path(parsed.CommandResult)} --help' shows what can be asked.");
        return Mistake;
    }

    private static string Path(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{Path(parent)} {result.Command.Name}" : result.Command.Name;

    private static int Report(Exception error, bool debug)
    {
        debug |= Environment.GetEnvironmentVariable("UNDERTONE_DEBUG") is { Length: > 0 } and not "0";
        var (code, text) = error switch
        {
            UndertoneException => (Mistake, $"error: {error.Message}"),
            OperationCanceledException => (Interrupted, "interrupted."),
            RunStoppedException or TorchUnavailableException or IOException or UnauthorizedAccessException => (Failure, $"error: {error.Message}"),
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
