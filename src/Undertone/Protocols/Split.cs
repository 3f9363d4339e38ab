using Undertone.Corpora;

namespace Undertone.Protocols;

/// <summary>One fold of a protocol: which utterances train, validate and test.</summary>
/// <param name="Fold">The fold's name within its protocol: <c>03</c> for leave-one-speaker-out of speaker 03.</param>
/// <param name="Train">Utterances that the model is fitted on.</param>
/// <param name="Validation">Utterances for early stopping, calibration and tuning: speakers taken out of the training part.</param>
/// <param name="Test">Utterances that are predicted and nothing else.</param>
public sealed record Split(
    string Fold,
    IReadOnlyList<Utterance> Train,
    IReadOnlyList<Utterance> Validation,
    IReadOnlyList<Utterance> Test);
