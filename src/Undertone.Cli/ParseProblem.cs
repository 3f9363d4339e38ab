using System.CommandLine;
using System.Text.RegularExpressions;

namespace Undertone.Cli;

/// <summary>Says in the command's own words what System.CommandLine could not parse.</summary>
internal static partial class ParseProblem
{
    /// <summary>A sentence that names the option or argument, what was given and what was expected.</summary>
    /// <param name="message">System.CommandLine's message.</param>
    /// <param name="command">The command that was asked for.</param>
    /// <param name="parsed">What was parsed.</param>
    public static string Text(string message, Command command, ParseResult parsed)
    {
        if (NoNumber().Match(message) is { Success: true } wrong)
        {
            return $"{wrong.Groups["name"].Value} '{wrong.Groups["value"].Value}': expected a whole number.";
        }

        if (message.StartsWith("Required argument missing", StringComparison.Ordinal)
            && command.Arguments.FirstOrDefault(a => a.Arity.MinimumNumberOfValues > 0 && parsed.GetResult(a) is not { Tokens.Count: > 0 }) is { } missing)
        {
            return $"{missing.Name} is missing. {missing.Description}";
        }

        return message.ReplaceLineEndings(" ").Replace("\t", string.Empty, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^Cannot parse argument '(?<value>.*)' for option '(?<name>.*)' as expected type '.*Int32\]?'\.?$", RegexOptions.Singleline)]
    private static partial Regex NoNumber();
}
