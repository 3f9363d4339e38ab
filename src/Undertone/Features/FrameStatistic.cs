namespace Undertone.Features;

/// <summary>A statistic of one value over the frames of an utterance.</summary>
public enum FrameStatistic
{
    /// <summary>The arithmetic mean.</summary>
    Mean,

    /// <summary>The standard deviation, of the population.</summary>
    StandardDeviation,

    /// <summary>The third standardised moment; 0 where nothing varies.</summary>
    Skewness,

    /// <summary>The fourth standardised moment (3 for a normal distribution); 0 where nothing varies.</summary>
    Kurtosis,

    /// <summary>The least value.</summary>
    Minimum,

    /// <summary>The greatest value.</summary>
    Maximum,

    /// <summary>The 20th percentile, linear between neighbours.</summary>
    Percentile20,

    /// <summary>The 50th percentile, linear between neighbours.</summary>
    Median,

    /// <summary>The 80th percentile, linear between neighbours.</summary>
    Percentile80,

    /// <summary>The slope of the straight line fitted by least squares, a second; 0 for a single frame.</summary>
    Slope,
}
