using System.CommandLine;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Undertone.Cli.Progress;
using Undertone.Features;
using Undertone.Features.Tables;

namespace Undertone.Cli.Commands;

/// <summary><c>undertone features extract SET (--corpus NAME | FILE...) --out FILE</c>: features for other tools.</summary>
internal static class FeaturesExtractCommand
{
    public static Command Create()
    {
        var set = FeaturesCommand.Set();
        var files = new Argument<string[]>("FILE") { Description = "Audio files, folders (read with all below them) or patterns such as 'calls/*.mp3'; or --corpus.", Arity = ArgumentArity.ZeroOrMore };
        var corpus = FeatureSources.CorpusOption();
        var target = new Option<string>("--out") { Description = "The table, .csv or .safetensors. It appears whole at the end; interrupted, the same command goes on.", HelpName = "FILE", Required = true };
        var workers = FeatureSources.WorkersOption();
        var corpora = RunOptions.Corpora();
        var command = new Command("extract", "Extract a feature set from files, folders or a corpus into one table.") { set, files, corpus, target, workers, corpora };
        command.SetAction(parsed => Run(
            parsed.GetValue(set)!,
            parsed.GetValue(files) ?? [],
            parsed.GetValue(corpus),
            parsed.GetValue(corpora),
            parsed.GetValue(target)!,
            FeatureSources.Workers(parsed.GetValue(workers))));
        return command;
    }

    private static int Run(string set, IReadOnlyList<string> files, string? corpus, string? corpora, string target, int workers)
    {
        if ((corpus is null) == (files.Count == 0))
        {
            throw new UndertoneException(
                corpus is null ? "nothing to extract from was given; expected files, folders, or --corpus NAME." : "files and --corpus were both given; expected one of them.");
        }

        var extractor = FeatureSetCatalog.Default.Get(set).Options.CreateExtractor();
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var end = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        var clock = Stopwatch.StartNew();
        try
        {
            var sources = corpus is null ? FeatureSources.Of(files) : FeatureSources.Of(corpus, corpora, stop.Token);
            ExtractionResult result;
            using (var line = new ExtractionLine())
            {
                result = new FeatureTableExtraction
                {
                    Extractor = extractor,
                    Sources = sources.All,
                    LabelNames = sources.Labels,
                    Workers = workers,
                    Progress = line,
                }.WriteTo(target, stop.Token);
            }

            return Say(result, extractor, target, clock.Elapsed, sources.All.Count);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException && File.Exists(target + FeatureTableExtraction.PartialSuffix))
        {
            Console.Error.WriteLine("What was done is kept; the same command goes on from there.");
            throw;
        }

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }
    }

    private static int Say(ExtractionResult result, FeatureExtractor extractor, string target, TimeSpan elapsed, int given)
    {
        foreach (var failure in result.Failures)
        {
            Console.Error.WriteLine($"error: {failure.Reason}");
        }

        if (result.Recordings > 0)
        {
            var shape = extractor.IsFunctionals ? "" : FormattableString.Invariant($" {result.Frames} frames of");
            var resumed = result.Resumed > 0 ? $", {result.Resumed} of them done before" : "";
            var speed = result.Seconds > 0 ? FormattableString.Invariant($" ({result.Seconds / elapsed.TotalSeconds:0} times real time)") : "";
            Console.WriteLine($"{extractor.Name} of {Figures.Count(result.Recordings, "file")}{resumed}:{shape} {extractor.Dimensions} values each, in {Figures.Duration(elapsed)}{speed}");
            Console.WriteLine($"Table: {target}");
        }

        if (result.Failures.Count > 0)
        {
            Console.Error.WriteLine($"{result.Failures.Count} of {given} files could not be read{(result.Recordings > 0 ? " and are not in the table" : "; no table was written")}.");
        }

        return result.Failures.Count == 0 ? ErrorReporting.Done : ErrorReporting.Failure;
    }
}
