namespace Undertone.Evaluation.Agreement;

/// <summary>How far annotators agree.</summary>
/// <param name="Value">1 is full agreement, 0 that of chance; less is systematic disagreement. NaN where it has no value.</param>
/// <param name="Units">Utterances that were compared: those with two votes or more.</param>
/// <param name="Votes">Their votes.</param>
/// <param name="LeftOut">Utterances with fewer than two votes, which nothing can be compared with.</param>
public sealed record AgreementScore(double Value, int Units, int Votes, int LeftOut);
