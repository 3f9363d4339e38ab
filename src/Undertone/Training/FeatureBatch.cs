using Undertone.Features;
using Undertone.Torch;

namespace Undertone.Training;

/// <summary>Feature sequences of unequal length as one padded tensor.</summary>
/// <param name="Features">[N, frames, dimensions], zero beyond each length.</param>
/// <param name="Lengths">Valid frames, N.</param>
public sealed record FeatureBatch(Tensor Features, int[] Lengths)
{
    /// <summary>Pads and joins.</summary>
    /// <param name="sequences">N sequences of equal dimensions.</param>
    /// <param name="minimumFrames">Shorter sequences are lengthened to this with zeros.</param>
    /// <param name="device">Where the tensor goes.</param>
    public static FeatureBatch From(IReadOnlyList<FeatureMatrix> sequences, int minimumFrames, Device device)
    {
        var lengths = sequences.Select(s => Math.Max(s.Frames, minimumFrames)).ToArray();
        var frames = lengths.Max();
        var dimensions = sequences[0].Dimensions;
        var features = Tensor.Zeros(sequences.Count, frames, dimensions);
        var target = features.AsSpan<float>();
        for (var n = 0; n < lengths.Length; n++)
        {
            sequences[n].Values.CopyTo(target.Slice(n * frames * dimensions));
        }

        return new FeatureBatch(device.Type == DeviceType.Cpu ? features : features.To(device), lengths);
    }
}
