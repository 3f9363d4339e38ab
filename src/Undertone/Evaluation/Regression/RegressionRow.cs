namespace Undertone.Evaluation.Regression;

/// <summary>One row of a regression's <c>predictions.csv</c>: what was said of one test utterance.</summary>
/// <param name="Utterance">The utterance's id.</param>
/// <param name="Speaker">The speaker's id.</param>
/// <param name="True">The corpus's value of each target of the table, in its order; on the corpus's scale.</param>
/// <param name="Predicted">The system's value of each target, in the same order and on the same scale.</param>
public sealed record RegressionRow(string Utterance, string Speaker, IReadOnlyList<double> True, IReadOnlyList<double> Predicted);
