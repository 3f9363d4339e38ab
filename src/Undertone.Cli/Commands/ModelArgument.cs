using System.Globalization;
using Undertone.Speech;
using Undertone.Systems;

namespace Undertone.Cli.Commands;

/// <summary>Tells the model from the audio on the command line of <c>predict</c>.</summary>
internal static class ModelArgument
{
    /// <summary>Finds the model.</summary>
    /// <param name="option">The value of <c>--model</c>; null where it was not given.</param>
    /// <param name="arguments">All arguments.</param>
    /// <returns>The model's folder, null for the default one; and the audio.</returns>
    /// <exception cref="UndertoneException">A model was named and no audio.</exception>
    public static (string? Model, IReadOnlyList<string> Audio) Split(string? option, IReadOnlyList<string> arguments)
    {
        if (option is not null || !LooksLikeModel(arguments[0], arguments.Count > 1))
        {
            return (option, arguments);
        }

        return arguments.Count > 1
            ? (arguments[0], [.. arguments.Skip(1)])
            : throw new UndertoneException($"'{arguments[0]}' is a model and no audio was named; expected undertone predict {arguments[0]} FILE...");
    }

    /// <summary>One line that says which model answers.</summary>
    public static string DefaultNote(EmotionModel model)
    {
        var about = model.Description;
        var origin = about.Origin is { } o ? string.Create(CultureInfo.InvariantCulture, $", trained on {o.Speakers} speakers of {o.Corpus} ({o.RecordingType} {o.Language})") : "";
        return $"note: no model was named, so the default one answers: {about.System}{origin}. What it is worth is in {Path.Combine(DefaultModel.Folder, Experiments.ModelCard.FileName)}";
    }

    /// <summary>
    /// Whether the first argument is a model: a folder with a model's head, or, before other arguments, what can be no audio. The
    /// error then speaks of the model, which is what was meant.
    /// </summary>
    private static bool LooksLikeModel(string argument, bool othersFollow)
    {
        if (Directory.Exists(argument))
        {
            return File.Exists(Path.Combine(argument, ModelDescription.FileName)) || (othersFollow && !HoldsAudio(argument));
        }

        return othersFollow && !File.Exists(argument) && !AudioFile.HasAudioExtension(argument) && argument.AsSpan().IndexOfAny('*', '?') < 0;
    }

    private static bool HoldsAudio(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Any(AudioFile.HasAudioExtension);
}
