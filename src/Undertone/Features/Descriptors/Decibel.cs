using System.Numerics;

namespace Undertone.Features.Descriptors;

/// <summary>Decibels of powers. Powers below 10⁻²⁰, far under sixteen-bit audio's last bit, count as that: silence is −200 dB.</summary>
internal static class Decibel
{
    /// <summary>The smallest power told from silence.</summary>
    public const float Floor = 1e-20f;

    private static readonly float PerNeper = (float)(10 / Math.Log(10));

    /// <summary>10·log10 of powers.</summary>
    public static Vector<float> Of(Vector<float> power) =>
        Vector.Log(Vector.Max(power, new Vector<float>(Floor))) * new Vector<float>(PerNeper);
}
