using System.CommandLine;

namespace Undertone.Cli.Commands;

/// <summary>The commands, in the order that help lists them.</summary>
internal static class CommandCatalog
{
    /// <summary>Every command.</summary>
    public static IReadOnlyList<Command> All { get; } =
    [
        RunCommand.Create(),
        TrainCommand.Create(),
        PredictCommand.Create(),
        AuditCommand.Create(),
        SplitsCommand.Create(),
        EvaluateCommand.Create(),
        TrialCommand.Create(),
        ReportCommand.Create(),
        CompareCommand.Create(),
        ResultsCommand.Create(),
        DoctorCommand.Create(),
        BenchCommand.Create(),
        SystemsCommand.Create(),
        CorporaCommand.Create(),
        LabelsCommand.Create(),
        FeaturesCommand.Create(),
    ];
}
