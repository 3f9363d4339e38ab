using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using Undertone.Cli.Progress;
using Undertone.Features;
using Undertone.Features.Tables;

namespace Undertone.Cli.Commands;

/// <summary><c>undertone features agreement SET --reference TABLE --corpus NAME</c>: our values beside another tool's.</summary>
internal static class FeaturesAgreementCommand
{
    private const double GoodCorrelation = 0.95;
    private const double FairCorrelation = 0.9;
    private const double GoodDifference = 0.1;

    public static Command Create()
    {
        var set = FeaturesCommand.Set();
        var reference = new Option<string>("--reference")
        {
            Description = "The other tool's table (.csv or .csv.gz): a header with the values' names, one row a file, the file's name first.",
            HelpName = "TABLE",
            Required = true,
        };
        var files = new Argument<string[]>("FILE") { Description = "Audio files, folders or patterns; or --corpus.", Arity = ArgumentArity.ZeroOrMore };
        var corpus = FeatureSources.CorpusOption();
        var worst = new Option<int?>("--worst") { Description = "Only the N values of lowest correlation.", HelpName = "N" };
        var workers = FeatureSources.WorkersOption();
        var corpora = RunOptions.Corpora();
        var command = new Command("agreement", "Compare a set of one frame an utterance with another tool's values, value by value.") { set, files, reference, corpus, worst, workers, corpora };
        command.SetAction(parsed =>
        {
            var (name, arguments) = (parsed.GetValue(corpus), parsed.GetValue(files) ?? []);
            if ((name is null) == (arguments.Length == 0))
            {
                throw new UndertoneException(name is null ? "no audio was given; expected files, folders, or --corpus NAME." : "files and --corpus were both given; expected one of them.");
            }

            using var stop = new CancellationTokenSource();
            using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
            {
                context.Cancel = true;
                stop.Cancel();
            });
            var extractor = FeatureSetCatalog.Default.Get(parsed.GetValue(set)!).Options.CreateExtractor();
            var theirs = FeatureTable.Read(parsed.GetValue(reference)!, extractor.Describe().Select(v => v.Name));
            var sources = name is null ? FeatureSources.Of(arguments) : FeatureSources.Of(name, parsed.GetValue(corpora), stop.Token);
            FeatureTable ours;
            using (var line = Console.IsOutputRedirected ? null : new ExtractionLine())
            {
                ours = new FeatureTableExtraction
                {
                    Extractor = extractor,
                    Sources = sources.All,
                    Workers = FeatureSources.Workers(parsed.GetValue(workers)),
                    Progress = line,
                }.ToTable(stop.Token);
            }

            Write(FeatureAgreement.Of(ours, theirs), extractor.Name, parsed.GetValue(worst));
            return ErrorReporting.Done;
        });
        return command;
    }

    private static void Write(FeatureAgreement agreement, string set, int? worst)
    {
        var shown = worst is { } count ? agreement.Values.OrderBy(v => double.IsNaN(v.Correlation) ? 2 : v.Correlation).Take(count) : agreement.Values;
        TextTable.Write(["value", "r", "|difference| / sd"], shown.Select(v => (string[])[v.Name, Number(v.Correlation, "0.0000"), Number(v.ScaledDifference, "0.0000")]));
        var n = agreement.Values.Count;
        Console.WriteLine();
        Console.WriteLine(FormattableString.Invariant($"{set}: {n} values over {agreement.Utterances} files"));
        CorporaCommand.Field("median r", Number(agreement.MedianCorrelation, "0.0000"));
        foreach (var bound in (double[])[GoodCorrelation, FairCorrelation])
        {
            CorporaCommand.Field(FormattableString.Invariant($"r ≥ {bound}"), Share(agreement.Correlated(bound), n));
        }

        CorporaCommand.Field(FormattableString.Invariant($"Δ/sd ≤ {GoodDifference}"), $"{Share(agreement.Scaled(GoodDifference), n)} (Δ: median absolute difference; sd: the reference's standard deviation)");
        if (agreement.OnlyOurs.Count > 0)
        {
            Console.Error.WriteLine($"note: {Figures.Count(agreement.OnlyOurs.Count, "value")} not in the reference, such as '{agreement.OnlyOurs[0]}'.");
        }

        if (agreement.Unmatched.Count > 0)
        {
            Console.Error.WriteLine($"note: {Figures.Count(agreement.Unmatched.Count, "file")} not in the reference, such as '{agreement.Unmatched[0]}'.");
        }
    }

    private static string Share(int count, int of) => string.Create(CultureInfo.InvariantCulture, $"{count} of {of} ({100.0 * count / of:0.0} %)");

    private static string Number(double value, string format) => double.IsNaN(value) ? "–" : double.IsInfinity(value) ? "∞" : value.ToString(format, CultureInfo.InvariantCulture);
}
