using System.CommandLine;
using Undertone.Preprocessing;
using Undertone.Speech;

namespace Undertone.Cli.Commands;

/// <summary><c>undertone predict [MODEL] FILE...</c>: the emotion of recordings; without MODEL by the model that comes with Undertone.</summary>
internal static class PredictCommand
{
    /// <summary>Files that are predicted together: enough to fill a batch, few enough to show progress and bound memory.</summary>
    private const int Together = 32;

    public static Command Create()
    {
        var model = new Option<string?>("--model") { Description = "The model: a folder that 'undertone train' wrote. It may also stand before the files; without either, the default model answers.", HelpName = "DIR" };
        var files = new Argument<string[]>("FILE") { Description = "Audio files, folders (read with all below them) or patterns such as 'calls/*.mp3'; the first may be a model's folder.", Arity = ArgumentArity.OneOrMore };
        var json = new Option<bool>("--json") { Description = "One JSON object a line." };
        var csv = new Option<bool>("--csv") { Description = "Comma-separated values with a header." };
        var segments = new Option<bool>("--segments") { Description = "Cut each recording at its pauses and predict each segment: one row a segment, with start and end in seconds." };
        var command = new Command("predict", "Predict the emotion of audio files, with a trained model or the default one.") { files, model, json, csv, segments };
        command.SetAction(parsed =>
        {
            var form = (parsed.GetValue(json), parsed.GetValue(csv)) switch
            {
                (true, true) => throw new UndertoneException("--json and --csv were both given; expected one of them."),
                (true, _) => PredictionForm.Json,
                (_, true) => PredictionForm.Csv,
                _ => PredictionForm.Table,
            };
            var (folder, given) = ModelArgument.Split(parsed.GetValue(model), parsed.GetValue(files)!);
            using var loaded = folder is null ? EmotionModel.Load() : EmotionModel.Load(folder);
            if (folder is null)
            {
                Console.Error.WriteLine(ModelArgument.DefaultNote(loaded));
            }

            return Run(loaded, AudioArguments.Expand(given), form, parsed.GetValue(segments));
        });
        return command;
    }

    private static int Run(EmotionModel model, IReadOnlyList<string> paths, PredictionForm form, bool segments)
    {
        var writer = new PredictionWriter(model.Classes, model.Targets, form, segments);
        var warnings = new InputWarningSummary();
        var failed = 0;
        if (model.NormalisesBySpeaker)
        {
            Console.Error.WriteLine(
                $"note: this model normalises by speaker; the {paths.Count} given recordings are taken as one speaker's{(paths.Count < 5 ? ", and so few give unreliable answers" : "")}.");
        }

        foreach (var batch in model.NormalisesBySpeaker ? [[.. paths]] : paths.Chunk(Together))
        {
            var good = new List<PredictedAudio>(batch.Length);
            foreach (var path in batch)
            {
                try
                {
                    var audio = AudioFile.Read(path);
                    good.AddRange(segments ? Segments(path, audio) : [new PredictedAudio(path, audio, null)]);
                }
                catch (UndertoneException error)
                {
                    failed++;
                    Console.Error.WriteLine($"error: {error.Message}");
                }
            }

            if (good.Count > 0)
            {
                List<Waveform> waveforms = [.. good.Select(g => g.Waveform)];
                if (model.Targets.Count > 0)
                {
                    foreach (var (file, prediction) in good.Zip(model.PredictDimensions(waveforms)))
                    {
                        warnings.Add(file, prediction.Warnings);
                        writer.Add(file, prediction);
                    }
                }
                else
                {
                    foreach (var (file, prediction) in good.Zip(model.Predict(waveforms)))
                    {
                        warnings.Add(file, prediction.Warnings);
                        writer.Add(file, prediction);
                    }
                }
            }
        }

        writer.Finish();
        warnings.Write(Console.Error);
        if (failed > 0)
        {
            Console.Error.WriteLine($"{failed} of {paths.Count} files could not be read.");
        }

        return failed == 0 ? ErrorReporting.Done : ErrorReporting.Failure;
    }

    private static List<PredictedAudio> Segments(string path, Waveform audio)
    {
        var found = Segmentation.Find(audio);
        if (found.Count == 0)
        {
            Console.Error.WriteLine($"note: nobody speaks in {path}: it has no segments.");
        }

        return [.. found.Select(s => new PredictedAudio(path, Segmentation.Cut(audio, s), (double)s.Start / audio.SampleRate))];
    }
}
