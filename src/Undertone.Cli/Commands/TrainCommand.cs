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
        var like = new Option<string?>("--like") { Description = "An experiment file: the system has its settings there (a variant's not), and its labels unless --labels says otherwise.", HelpName = "EXPERIMENT" };
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
        var results = new Option<string?>("--results") { Description = "A page of docs/results that says what this system is worth: the card gets a place for its table, which 'undertone results embed' fills.", HelpName = "PAGE" };
        device.AcceptOnlyFromAmong("auto", "cpu", "cuda");
        var command = new Command("train", "Train a model to be used, and write its card.") { system, corpus, target, like, labels, learned, corpora, set, seed, test, results, device };
        command.SetAction(parsed =>
        {
            var chosen = SystemCatalog.Default.Get(parsed.GetValue(system)!);
            var pattern = parsed.GetValue(like) is { } file ? Like(file, chosen) : (Settings: chosen.Defaults, Labels: null);
            var settings = pattern.Settings;
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
            var harmonisation = pattern.Labels is { } its && parsed.GetResult(labels) is not { Implicit: false }
                ? its
                : new Harmonisation(LabelSchemeCatalog.Get(parsed.GetValue(labels)!), [], []);
            var found = CorpusLocator.Find(parsed.GetValue(corpus)!);
            var folder = CorpusLocator.Locate(found, parsed.GetValue(corpora));
            var data = CorpusReader.Read(found, folder, CacheFolder.Default, cancellation: stop.Token);
            data = CorpusHarmonisation.Apply(data, harmonisation);
            if (data.Classes.Count < 2)
            {
                throw new UndertoneException($"--labels {harmonisation.Scheme.Name}: the corpus '{found.Card.Name}' is left with {(data.Classes.Count == 0 ? "no class" : $"one class, '{data.Classes[0]}'")}; expected at least two.");
            }

            data = goal.Apply(data);
            Console.WriteLine($"{found.Card.Title}: {data.Utterances.Count} utterances, {Goal(data)}.");
            CorporaOpening.Warn(data);
            var output = parsed.GetValue(target)!;
            var trained = new ModelTraining
            {
                System = chosen,
                Settings = settings,
                Corpus = data,
                TestSpeakers = parsed.GetValue(test),
                Results = parsed.GetValue(results),
                Seed = parsed.GetValue(seed),
                Device = parsed.GetValue(device)!,
                Features = new FeatureCache(Path.Combine(CacheFolder.Default, "features")) { OnWarning = w => Console.Error.WriteLine($"warning: {w}") },
                OnEpoch = Show,
                OnPretraining = PretrainingProgress.Show,
                Cancellation = stop.Token,
            }.WriteTo(output);
            Console.WriteLine(trained.Origin!.Ccc is { } ccc
                ? $"CCC {string.Join(", ", ccc.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Key} {c.Value:F3}")))} ({trained.Origin.Badge}) over the unheard speakers {string.Join(", ", trained.Origin.TestSpeakers)}."
                : trained.Origin.Uar is { } uar
                ? string.Create(CultureInfo.InvariantCulture, $"UAR {uar * 100:F1} % ({trained.Origin.Badge}) over the unheard speakers {string.Join(", ", trained.Origin.TestSpeakers)}.")
                : "Not measured: --test-speakers 0.");
            Console.WriteLine($"The model and its card are in {output}. Next:");
            Console.WriteLine($"  {Invocation.Line(["predict", output])} FILE...");
            return ErrorReporting.Done;
        });
        return command;
    }

    /// <summary>A system's settings in an experiment, and the experiment's labels.</summary>
    private static (SystemSettings Settings, Harmonisation? Labels) Like(string file, EmotionSystem system)
    {
        var experiment = ExperimentFile.Read(file, SystemCatalog.Default);
        var found = experiment.Systems.Where(s => s.System.Name == system.Name).ToList();
        return found.Count == 1
            ? (found[0].Settings, experiment.Labels.Harmonisation)
            : throw new UndertoneException($"--like {file}: the experiment has the system '{system.Name}' {(found.Count == 0 ? "not at all" : "more than once")} (it has {string.Join(", ", experiment.Systems.Select(s => s.Label))}); expected it once.");
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
