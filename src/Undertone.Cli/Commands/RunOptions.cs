using System.CommandLine;
using Undertone.Corpora;
using Undertone.Experiments;

namespace Undertone.Cli.Commands;

/// <summary>Arguments and options that several commands share.</summary>
internal static class RunOptions
{
    public static Argument<string> Experiment() => new("EXPERIMENT") { Description = "The experiment file (.yaml)." };

    public static Option<string?> Corpora() => new("--corpora")
    {
        Description = $"The folder that holds the corpora (else {CorpusLocator.Variable}, then ./corpora).",
        HelpName = "DIR",
    };

    public static Option<string[]> Set() => new("--set")
    {
        Description = "Change a setting (--set training.epochs=4) or a key of the file (--set seeds=[0,1]); may be given several times.",
        HelpName = "PATH=VALUE",
    };

    public static IReadOnlyList<SettingChange> Changes(ParseResult parsed, Option<string[]> option) =>
        [.. (parsed.GetValue(option) ?? []).Select(SettingChange.Parse)];
}
