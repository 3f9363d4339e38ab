using System.CommandLine;
using Undertone.Preprocessing;
using Undertone.Speech;

namespace Undertone.Cli.Commands;

/// <summary><c>undertone predict MODEL FILE...</c>: the emotion of recordings.</summary>
internal static class PredictCommand
{
    /// <summary>Files that are predicted together: enough to fill a batch, few enough to show progress and bound memory.</summary>
    private const int Together = 32;

    public static Command Create()
    {
        var model = new Argument<string>("MODEL") { Description = "A model's folder, as 'undertone train' writes it." };
        var files = new Argument<string[]>("FILE") { Description = "Audio files, folders (read with all below them) or patterns such as 'calls/*.mp3'.", Arity = ArgumentArity.OneOrMore };
        var json = new Option<bool>("--json") { Description = "One JSON object a line." };
        var csv = new Option<bool>("--csv") { Description = "Comma-separated values with a header." };
        var segments = new Option<bool>("--segments") { Description = "Cut each recording at its pauses and predict each segment: one row a segment, with start and end in seconds." };
        var command = new Command("predict", "Predict the emotion of audio files with a trained model.") { model, files, json, csv, segments };
        command.SetAction(parsed =>
        {
            var form = (parsed.GetValue(json), parsed.GetValue(csv)) switch
            {
                (true, true) => throw new UndertoneException("--json and --csv were both given; expected one of them."),
                (true, _) => PredictionForm.Json,
                (_, true) => PredictionForm.Csv,
                _ => PredictionForm.Table,
            };
            using var loaded = EmotionModel.Load(parsed.GetValue(model)!);
            return Run(loaded, AudioArguments.Expand(parsed.GetValue(files)!), form, parsed.GetValue(segments));
        });
        return command;
    }

    private static int Run(EmotionModel model, IReadOnlyList<string> paths, PredictionForm form, bool segments)
    {
        var writer = new PredictionWriter(model.Classes, model.Targets, form, segments);
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
                        writer.Add(file, prediction);
                    }
                }
                else
                {
                    foreach (var (file, prediction) in good.Zip(model.Predict(waveforms)))
                    {
                        writer.Add(file, prediction);
                    }
                }
            }
        }

        writer.Finish();
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
