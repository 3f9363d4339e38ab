namespace Undertone.Emotions;

/// <summary>What a regression says of one recording.</summary>
/// <param name="Values">One value for each target of the model, in its order, on the scale of the corpus that it was trained on.</param>
public sealed record DimensionalPrediction(IReadOnlyList<KeyValuePair<string, float>> Values)
{
    /// <summary>In what the recording is unlike those that the model was trained on; empty where it is like them, and for models that do not know.</summary>
    public IReadOnlyList<InputWarning> Warnings { get; init; } = [];

    /// <summary>The value of a target.</summary>
    /// <param name="target">A target of the model: <c>arousal</c>.</param>
    /// <exception cref="UndertoneException">The model has no such target; the message gives the nearest.</exception>
    public float this[string target] => Values.Any(v => v.Key == target)
        ? Values.First(v => v.Key == target).Value
        : throw new UndertoneException($"the model has no target '{target}'{NearestName.Hint(target, [.. Values.Select(v => v.Key)])}");
}
