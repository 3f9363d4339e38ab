using System.CommandLine;
using Undertone.Cli.Commands;

var root = new RootCommand("Undertone: speech emotion recognition, compared and judged honestly.");
foreach (var command in CommandCatalog.All)
{
    root.Subcommands.Add(command);
}

return root.Parse(args).Invoke();
