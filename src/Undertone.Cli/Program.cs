using System.CommandLine;
using System.CommandLine.Help;
using Undertone.Cli;
using Undertone.Cli.Commands;

var root = new Command(
    "undertone",
    """
    Undertone: speech emotion recognition, built, compared and judged honestly.

    Examples:
      undertone run experiments/quickstart.yaml       run an experiment, see the table, get a report
      undertone train cnn --corpus demo --out my-cnn  a model to be used, with its card
      undertone predict my-cnn call.wav               the emotion of a recording
      undertone audit experiments/quickstart.yaml     what train, validation and test parts share
      undertone COMMAND --help                        what a command takes

    Exit codes: 0 done; 1 something failed; 2 a mistake in what was asked; 130 interrupted.
    """)
{
    new HelpOption(),
    new VersionOption(),
    ErrorReporting.Debug,
};
foreach (var command in CommandCatalog.All)
{
    root.Subcommands.Add(command);
}

return ErrorReporting.Run(root.Parse(args.Length == 0 ? ["--help"] : args));
