using System.Globalization;
using Undertone.Emotions;

namespace Undertone.Cli.Commands;

/// <summary>Gathers the warnings of all recordings, so that a thousand of one kind are one line.</summary>
internal sealed class InputWarningSummary
{
    private readonly OrderedDictionary<string, (int Count, string First, InputWarning Warning)> _measures = [];
    private int _recordings;

    /// <summary>Adds a recording's warnings.</summary>
    public void Add(PredictedAudio audio, IReadOnlyList<InputWarning> warnings)
    {
        _recordings++;
        foreach (var warning in warnings)
        {
            _measures[warning.Measure] = _measures.TryGetValue(warning.Measure, out var known)
                ? known with { Count = known.Count + 1 }
                : (1, audio.Path, warning);
        }
    }

    /// <summary>Writes a line for each measure.</summary>
    public void Write(TextWriter to)
    {
        foreach (var (_, (count, first, warning)) in _measures)
        {
            var others = count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" (and {count - 1} of the other {_recordings - 1})");
            to.WriteLine($"warning: {first}{others} is unlike what the model was trained on: {warning.Message}");
        }
    }
}
