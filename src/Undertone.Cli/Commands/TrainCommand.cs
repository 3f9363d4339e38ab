using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using Undertone.Cli.Progress;
using Undertone.Corpora;
using Undertone.Emotions;
using Undertone.Emotions.LabelSchemes;
using Undertone.Experiments;
using Undertone.Features;
using Undertone.Systems;
using Undertone.Training;

namespace Undertone.Cli.Commands;

/// <summary><c>undertone train SYSTEM --corpus C --out DIR</c>: a model to be used, with its card.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var system = new Argument<string>("SYSTEM") { Description = $"The system: {string.Join(", ", SystemCatalog.Default.Names)}." };
        var corpus = new Option<string>("--corpus") { Description = "The corpus to train on, or a CSV file that describes one of your own.", HelpName = "NAME", Required = true };
        var target = new Option<string>("--out") { Description = "The model's folder; it must not exist yet.", HelpName = "DIR", Required = true };
        var labels = new Option<string>("--labels")
        {
            Description = $"The label scheme: {string.Join(", ", LabelSchemeCatalog.Names)}.",
            HelpName = "SCHEME",
            DefaultValueFactory = _ => "native",
        };
        var corpora = RunOptions.Corpora();
        var set = new Option<string[]>("--set") { Description = "Change a setting of the system: --set training.epochs=4.", HelpName = "PATH=VALUE" };
        var seed = new Option<int>("--seed") { Description = "The seed of every random choice.", HelpName = "N" };
        var learned = new Option<string>("--target")
        {
            Description = $"What is learned: emotion, intensity, or a regression of {string.Join(", ", DimensionColumns.Names)} with commas between.",
            HelpName = "NAMES",
            DefaultValueFactory = _ => LearningTarget.Emotion.ToString(),
        };
        var device = new Option<string>("--device") { Description = "auto, cpu or cuda.", DefaultValueFactory = _ => "auto" };
        var test = new Option<int>("--test-speakers") { Description = "Speakers kept apart to measure the model; 0 for none.", HelpName = "N", DefaultValueFactory = _ => 2 };
        device.AcceptOnlyFromAmong("auto", "cpu", "cuda");
        var command = new Command("train", "Train a model to be used, and write its card.") { system, corpus, target, labels, learned, corpora, set, seed, test, device };
        command.SetAction(parsed =>
        {
            var chosen = SystemCatalog.Default.Get(parsed.GetValue(system)!);
            var settings = chosen.Defaults;
            foreach (var change in RunOptions.Changes(parsed, set))
            {
                settings = SettingPath.Apply(settings, change.Path, change.Value);
            }

            var problems = SettingPath.Problems(settings);
            if (problems.Count > 0)
            {
                throw new UndertoneException($"impossible settings: {string.Join("; ", problems)}");
            }

            var goal = LearningTarget.Of(parsed.GetValue(learned)!.Split(',', StringSplitOptions.TrimEntries));
            using var stop = new CancellationTokenSource();
            using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
            {
                context.Cancel = true;
                stop.Cancel();
            });
            var scheme = LabelSchemeCatalog.Get(parsed.GetValue(labels)!);
            var found = CorpusLocator.Find(parsed.GetValue(corpus)!);
            var folder = CorpusLocator.Locate(found, parsed.GetValue(corpora));
            var data = CorpusReader.Read(found, folder, CacheFolder.Default, cancellation: stop.Token);
            data = CorpusHarmonisation.Apply(data, new Harmonisation(scheme, [], []));
            if (data.Classes.Count < 2)
            {
                throw new UndertoneException($"--labels {scheme.Name}: the corpus '{found.Card.Name}' is left with {(data.Classes.Count == 0 ? "no class" : $"one class, '{data.Classes[0]}'")}; expected at least two.");
            }

            data = goal.Apply(data);
            Console.WriteLine($"{found.Card.Title}: {data.Utterances.Count} utterances, {Goal(data)}.");
            CorporaOpening.Warn(data);
            var output = parsed.GetValue(target)!;
            var model = new ModelTraining
            {
                System = chosen,
                Settings = settings,
                Corpus = data,
                TestSpeakers = parsed.GetValue(test),
                Seed = parsed.GetValue(seed),
                Device = parsed.GetValue(device)!,
                Features = new FeatureCache(Path.Combine(CacheFolder.Default, "features")) { OnWarning = w => Console.Error.WriteLine($"warning: {w}") },
                OnEpoch = Show,
                Cancellation = stop.Token,
            }.WriteTo(output);
            Console.WriteLine(model.Origin!.Ccc is { } ccc
                ? $"CCC {string.Join(", ", ccc.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Key} {c.Value:F3}")))} ({model.Origin.Badge}) over the unheard speakers {string.Join(", ", model.Origin.TestSpeakers)}."
                : model.Origin.Uar is { } uar
                ? string.Create(CultureInfo.InvariantCulture, $"UAR {uar * 100:F1} % ({model.Origin.Badge}) over the unheard speakers {string.Join(", ", model.Origin.TestSpeakers)}.")
                : "Not measured: --test-speakers 0.");
            Console.WriteLine($"The model and its card are in {output}. Next:");
            Console.WriteLine($"  {Invocation.Line(["predict", output])} FILE...");
            return ErrorReporting.Done;
        });
        return command;
    }

    private static void Show(EpochRecord epoch) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"epoch {epoch.Epoch,3}  loss {epoch.TrainLoss:F3}  {Validation(epoch)}  {epoch.Seconds:F0} s"));

    private static string Validation(EpochRecord epoch) =>
        double.IsFinite(epoch.ValidationCcc) ? $"validation {Figures.Score(epoch.ValidationCcc, regression: true)}"
        : double.IsNaN(epoch.ValidationUar) ? "on all that is not tested"
        : $"validation {Figures.Score(epoch.ValidationUar, regression: false)}";

    private static string Goal(CorpusData data) => data.Target is { } target
        ? $"target {target.Target}{(target.LeftOut > 0 ? $", {Figures.Count(target.LeftOut, "utterance")} without left out" : "")}"
        : $"{data.Classes.Count} classes";
}
