using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Undertone.Cli.Progress;
using Undertone.Corpora;
using Undertone.Experiments;
using Undertone.Features;
using Undertone.Systems;
using Undertone.Torch;
using Undertone.Training;

namespace Undertone.Cli.Commands;

/// <summary><c>undertone trial RUNFOLDER TRIAL</c>: one trial in this process, as the pool of <c>run</c> or a cluster's scheduler starts it.</summary>
internal static class TrialCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("RUNFOLDER") { Description = "The run folder, made by 'undertone run' (with --prepare where nothing shall run yet)." };
        var name = new Argument<string>("TRIAL") { Description = "The trial's name: emodb.cnn.loso-03.seed-0." };
        var corpora = RunOptions.Corpora();
        var json = new Option<bool>("--json") { Description = "Report progress as JSON lines, and end when standard input is closed." };
        var command = new Command("trial", "Run one trial of a run folder in this process.") { folder, name, corpora, json };
        command.SetAction(parsed => Run(parsed.GetValue(folder)!, parsed.GetValue(name)!, parsed.GetValue(corpora), parsed.GetValue(json)));
        return command;
    }

    private static int Run(string path, string name, string? corpora, bool json)
    {
        using var interrupt = json ? PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true) : null;
        if (json)
        {
            EndWithParent();
        }

        var folder = new RunFolder(path);
        try
        {
            if (folder.IsFinished(name))
            {
                Say(json, new WorkerMessage { Event = "finished", Uar = Scores(folder, name).Uar, Ccc = Scores(folder, name).Ccc }, $"{name} was finished already.");
                return ErrorReporting.Done;
            }

            var trial = ExperimentRun.Find(folder, name, SystemCatalog.Default, corpora);
            var record = TrialRunner.Run(trial, folder, new TrialRunOptions
            {
                Features = new FeatureCache(Path.Combine(CacheFolder.Default, "features"))
                {
                    OnWarning = warning => Warn(json, warning),
                },
                Command = $"undertone trial {path} {name}",
                Started = Process.GetCurrentProcess().StartTime.ToUniversalTime(),
                OnEpoch = e => Say(
                    json,
                    new WorkerMessage
                    {
                        Event = "epoch",
                        Epoch = e.Epoch,
                        TrainLoss = e.TrainLoss,
                        ValidationLoss = e.ValidationLoss,
                        ValidationUar = e.ValidationUar,
                        ValidationCcc = e.ValidationCcc,
                        Seconds = e.Seconds,
                    },
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"epoch {e.Epoch,3}  loss {e.TrainLoss:0.000}  {Validation(e)}  {e.Seconds:0.0} s")),
                OnPretraining = json
                    ? e => Console.Out.WriteLine(new WorkerMessage { Event = "pretraining", Stage = e.Stage, Epoch = e.Epoch, Epochs = e.Epochs, TrainLoss = e.Error }.ToLine())
                    : PretrainingProgress.Show,
            });
            var scores = Scores(folder, name);
            Say(
                json,
                new WorkerMessage { Event = "finished", Uar = scores.Uar, Ccc = scores.Ccc, Seconds = record.Timings.TotalSeconds },
                $"{name}: {Figures.Score(scores.Value, trial.Task.IsRegression)} ({record.Badge}) in {Figures.Duration(TimeSpan.FromSeconds(record.Timings.TotalSeconds))}");
            return ErrorReporting.Done;
        }
        catch (Exception e) when (!json && RunFolder.IsStorageFailure(e))
        {
            throw new RunStoppedException(RunFolder.StorageFailure(path, e), e);
        }
        catch (Exception e) when (json)
        {
            Console.Error.WriteLine(e);
            var storage = RunFolder.IsStorageFailure(e);
            Say(
                json,
                new WorkerMessage
                {
                    Event = storage || e is UndertoneException or TorchUnavailableException ? "failed" : "crashed",
                    Reason = storage ? RunFolder.StorageFailure(path, e) : e is UndertoneException or TorchUnavailableException ? e.Message : $"{e.GetType().Name}: {e.Message}",
                    Stops = storage || e is TorchUnavailableException,
                },
                e.Message);
            return e is UndertoneException ? ErrorReporting.Mistake : ErrorReporting.Failure;
        }
    }

    private static string Validation(EpochRecord epoch)
    {
        var regression = double.IsFinite(epoch.ValidationCcc);
        return regression || double.IsFinite(epoch.ValidationUar)
            ? string.Create(CultureInfo.InvariantCulture, $"validation loss {epoch.ValidationLoss:0.000}, {Figures.Score(regression ? epoch.ValidationCcc : epoch.ValidationUar, regression)}")
            : "on all that is not tested";
    }

    private static TrialScores Scores(RunFolder folder, string name) => TrialScores.Read(folder, name);

    private static void Warn(bool json, string warning)
    {
        if (json)
        {
            Console.Out.WriteLine(new WorkerMessage { Event = "warning", Reason = warning }.ToLine());
        }
        else
        {
            Console.Error.WriteLine($"warning: {warning}");
        }
    }

    private static void Say(bool json, WorkerMessage message, string text) => Console.Out.WriteLine(json ? message.ToLine() : text);

    /// <summary>
    /// Ends this process when its parent is gone, however that ended: its end of the pipe to standard input is closed
    /// by the operating system. (PR_SET_PDEATHSIG would follow the parent's thread, which ends much earlier.)
    /// </summary>
    private static void EndWithParent()
    {
        var watch = new Thread(() =>
        {
            using var input = Console.OpenStandardInput();
            Span<byte> ignored = stackalloc byte[64];
            while (input.Read(ignored) > 0)
            {
            }

            Process.GetCurrentProcess().Kill();
        })
        {
            IsBackground = true,
            Name = "end with parent",
        };
        watch.Start();
    }
}
