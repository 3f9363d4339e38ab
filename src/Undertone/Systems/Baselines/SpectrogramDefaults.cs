using Undertone.Features;

namespace Undertone.Systems.Baselines;

/// <summary>
/// The spectrogram of the baseline systems: 64 mel bands of 40 ms windows every 16 ms. Longer and sparser frames than
/// in speech recognition lose nothing here and cost a third less (docs/results/tuning.md).
/// </summary>
internal static class SpectrogramDefaults
{
    public static LogMelOptions LogMel { get; } = new()
    {
        WindowLength = 640,
        HopLength = 256,
        FftLength = 1024,
        Bands = 64,
        LowestFrequency = 50,
        LogFloor = 1e-8,
    };
}
