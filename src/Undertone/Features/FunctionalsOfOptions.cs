namespace Undertone.Features;

/// <summary>
/// The settings of statistics over the frames of a frame-wise set, so that classifiers of one vector an utterance can use
/// it. Catalog name: that of the set with <c>-functionals</c> behind it.
/// </summary>
public sealed record FunctionalsOfOptions : FeatureOptions
{
    /// <summary>What follows the frame-wise set's name.</summary>
    public const string Suffix = "-functionals";

    /// <summary>The frame-wise set. Default <see cref="MfccOptions"/>.</summary>
    public FeatureOptions Set { get; init; } = new MfccOptions();

    /// <summary>The statistics of each value, in output order, none twice. Default mean and standard deviation.</summary>
    public IReadOnlyList<FrameStatistic> Statistics { get; init; } = [FrameStatistic.Mean, FrameStatistic.StandardDeviation];

    /// <inheritdoc/>
    public override FeatureExtractor CreateExtractor() => new FunctionalsOf(this);
}
