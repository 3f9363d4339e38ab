namespace Undertone.Features;

/// <summary>Joins neighbouring frames into longer, rarer ones, so that recurrent models take fewer steps.</summary>
public sealed record FrameStacking
{
    /// <summary>The number of frames joined. Default 1.</summary>
    public int Stack { get; init; } = 1;

    /// <summary>The distance between the first frames of two stacks. Default 1; above <see cref="Stack"/> frames are left out.</summary>
    public int Step { get; init; } = 1;

    /// <summary>Joins frames.</summary>
    /// <param name="features">F frames × D.</param>
    /// <returns>⌈F / step⌉ frames × (D · stack): stack j holds frames j·step to j·step + stack − 1, the last frame repeated beyond the end. The same matrix where both settings are 1.</returns>
    /// <exception cref="UndertoneException">A setting is under 1.</exception>
    public FeatureMatrix Apply(FeatureMatrix features)
    {
        ArgumentNullException.ThrowIfNull(features);
        SettingCheck.Require(Stack >= 1, "frame stacking", "stack", Stack, "at least 1 frame");
        SettingCheck.Require(Step >= 1, "frame stacking", "step", Step, "at least 1 frame");
        if (Stack == 1 && Step == 1)
        {
            return features;
        }

        var frames = (features.Frames + Step - 1) / Step;
        var dimensions = features.Dimensions * Stack;
        var values = new float[checked(frames * dimensions)];
        for (var frame = 0; frame < frames; frame++)
        {
            for (var i = 0; i < Stack; i++)
            {
                var from = Math.Min((frame * Step) + i, features.Frames - 1);
                features[from].CopyTo(values.AsSpan((frame * dimensions) + (i * features.Dimensions)));
            }
        }

        return new FeatureMatrix(values, frames, dimensions);
    }
}
