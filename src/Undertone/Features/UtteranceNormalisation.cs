namespace Undertone.Features;

/// <summary>
/// Normalises each utterance by itself (cepstral mean and variance normalisation: Atal 1974, doi:10.1121/1.1914702;
/// Viikki &amp; Laurila 1998, doi:10.1016/S0167-6393(98)00033-8). It needs no other utterance, so a score's badge stays.
/// </summary>
public static class UtteranceNormalisation
{
    /// <summary>Subtracts each dimension's mean over the utterance.</summary>
    /// <param name="features">F frames × D.</param>
    /// <param name="variance">Whether to divide by the standard deviation too; dimensions that do not vary become 0.</param>
    /// <returns>A new matrix of the same shape.</returns>
    public static FeatureMatrix Apply(FeatureMatrix features, bool variance = false)
    {
        ArgumentNullException.ThrowIfNull(features);
        var statistics = new FeatureStatistics();
        statistics.Add(features);
        var scaler = statistics.ToScaler();
        return (variance ? scaler : new FeatureScaler(scaler.Mean, [.. Enumerable.Repeat(1.0, features.Dimensions)])).Apply(features);
    }
}
