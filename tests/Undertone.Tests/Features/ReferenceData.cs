using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Undertone.Features;
using Undertone.Speech;

namespace Undertone.Tests.Features;

/// <summary>Values that the scripts in Data/Features wrote.</summary>
internal static class ReferenceData
{
    public static Waveform Signal { get; } = new(Read("signal"), 16000);

    public static float[] Read(string name) =>
        [.. MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Data", "Features", $"{name}.f32")))];

    /// <summary>
    /// Asks for 1e-4 relative, and of values near zero for 2e-6 of the frame's greatest: what single precision leaves.
    /// </summary>
    public static void ShouldMatch(this FeatureMatrix features, string name)
    {
        var expected = Read(name);
        features.Values.Length.ShouldBe(expected.Length, $"{features.Frames} frames x {features.Dimensions}");
        for (var i = 0; i < expected.Length; i++)
        {
            var frame = expected.AsSpan(i / features.Dimensions * features.Dimensions, features.Dimensions);
            var allowed = (1e-4 * Math.Abs(expected[i])) + (2e-6 * Math.Abs(TensorPrimitives.MaxMagnitude<float>(frame)));
            Math.Abs((double)features.Values[i] - expected[i])
                .ShouldBeLessThanOrEqualTo(allowed, $"frame {i / features.Dimensions}, dimension {i % features.Dimensions}: {features.Values[i]} against {expected[i]}");
        }
    }
}
