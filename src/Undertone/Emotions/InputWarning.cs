using System.Globalization;

namespace Undertone.Emotions;

/// <summary>Says that a recording is unlike those that a model was trained on, so that its prediction is worth less.</summary>
/// <param name="Measure">What was measured: <c>level</c>, <c>clipping</c>, <c>bandwidth</c>, <c>noise</c>, <c>length</c>, <c>speech</c>.</param>
/// <param name="Value">The recording's value, in <paramref name="Unit"/>.</param>
/// <param name="Unit">The unit: <c>LUFS</c>.</param>
/// <param name="Low">The training recordings' 1st percentile.</param>
/// <param name="High">The training recordings' 99th percentile.</param>
/// <param name="Advice">What to do about it.</param>
public sealed record InputWarning(string Measure, double Value, string Unit, double Low, double High, string Advice)
{
    /// <summary>All of it in a sentence.</summary>
    public string Message => string.Create(
        CultureInfo.InvariantCulture, $"{Measure} {Value:0.##} {Unit}, where training recordings have {Low:0.##} to {High:0.##}: {Advice}");
}
