using System.CommandLine;
using Undertone.Cli.Doctor;

namespace Undertone.Cli.Commands;

/// <summary><c>undertone doctor</c>: what is installed, where it came from, what is missing and how to mend it.</summary>
internal static class DoctorCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var speed = new Option<bool>("--speed") { Description = "Also measure a matrix product and the cost of an operator call (a second or two)" };
        var corpora = new Option<string?>("--corpora") { Description = "The folder that holds the corpora's folders", HelpName = "DIR" };
        var command = new Command(
            "doctor",
            "Say what is installed, where it came from, what is missing and the command that mends it. Exit code 1 when something that is needed is missing.")
        {
            speed,
            corpora,
        };
        command.SetAction(parsed => Run(parsed.GetValue(corpora), parsed.GetValue(speed)));
        return command;
    }

    private static int Run(string? corpora, bool speed)
    {
        var worst = Health.Ok;
        foreach (var finding in Findings(corpora, speed))
        {
            Show(finding);
            worst = finding.Health > worst ? finding.Health : worst;
        }

        Console.WriteLine();
        Console.WriteLine(worst switch
        {
            Health.Ok => "All is well.",
            Health.Warning => "Undertone works; see the warnings.",
            _ => "Something that Undertone needs is missing.",
        });
        return worst == Health.Missing ? 1 : 0;
    }

    private static IEnumerable<Finding> Findings(string? corpora, bool speed)
    {
        var engine = EngineExamination.Findings().ToList();
        IEnumerable<Finding> measured = speed && engine.All(f => f.Health != Health.Missing) ? SpeedExamination.Findings() : [];
        return
        [
            .. MachineExamination.Program(),
            .. engine,
            .. measured,
            .. LibraryExamination.Audio(),
            LibraryExamination.Classifiers(),
            .. MachineExamination.Hardware(),
            .. LibraryExamination.Corpora(corpora),
            .. MachineExamination.Storage(),
        ];
    }

    private static void Show(Finding finding)
    {
        Console.WriteLine($"{Word(finding.Health)}  {finding.What,-14} {finding.Found}");
        if (finding.Mend is not null)
        {
            Console.WriteLine($"{"",-9}{"",-14} mend: {finding.Mend}");
        }
    }

    private static string Word(Health health)
    {
        var word = $"{health.ToString().ToLowerInvariant(),-7}";
        var colour = health switch { Health.Ok => 32, Health.Warning => 33, _ => 31 };
        return Console.IsOutputRedirected || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 }
            ? word
            : $"\u001b[{colour}m{word}\u001b[0m";
    }
}
