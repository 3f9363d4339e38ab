using System.CommandLine;
using Undertone.Experiments;

namespace Undertone.Cli.Commands;

/// <summary>Arguments and options that several commands share.</summary>
internal static class RunOptions
{
    public static Argument<string> Experiment() => new("experiment") { Description = "The experiment file (.yaml)" };

    public static Option<string?> Corpora() => new("--corpora")
    {
        Description = "Folder that holds the corpora; otherwise UNDERTONE_CORPORA, then ./corpora",
        HelpName = "dir",
    };

    public static Option<string[]> Set() => new("--set")
    {
        Description = "Change a setting (--set training.epochs=4) or a key of the file (--set seeds=[0,1]); may be given several times",
        HelpName = "path=value",
    };

    public static IReadOnlyList<SettingChange> Changes(ParseResult parsed, Option<string[]> option) =>
        [.. (parsed.GetValue(option) ?? []).Select(SettingChange.Parse)];
}
