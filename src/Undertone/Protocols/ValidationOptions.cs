namespace Undertone.Protocols;

/// <summary>What is taken out of each fold's training part for early stopping, calibration and tuning.</summary>
public sealed record ValidationOptions
{
    /// <summary>
    /// Training speakers held out, as many women as men where the corpus allows it; 2 unless set, 0 for none. Under a
    /// protocol that does not part speakers (<c>random-k-fold</c>) the same share of the training utterances is taken.
    /// </summary>
    public int Speakers { get; init; } = 2;
}
