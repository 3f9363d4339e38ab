namespace Undertone.Systems;

/// <summary>What a fitted system costs, besides time.</summary>
/// <param name="Parameters">Learned values, all members together.</param>
/// <param name="MultiplyAddsPerSecond">
/// Multiply-adds that predicting takes for a second of speech, features not counted: those of a recording of ten seconds,
/// by ten, so that what is done once an utterance weighs as it does in use.
/// </param>
public sealed record ModelCost(long Parameters, double MultiplyAddsPerSecond)
{
    /// <summary>Seconds of the recording that is counted.</summary>
    public const int CountedSeconds = 10;
}
