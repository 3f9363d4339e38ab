namespace Undertone.Features;

/// <summary>What the voice source says, frame by frame, before smoothing; 0 where there is no voice.</summary>
/// <param name="Pitch">F0 in Hz.</param>
/// <param name="Jitter">Local jitter, a fraction.</param>
/// <param name="Shimmer">Local shimmer in dB.</param>
/// <param name="HarmonicsToNoise">Harmonics-to-noise ratio in dB.</param>
internal sealed record VoiceContours(float[] Pitch, float[] Jitter, float[] Shimmer, float[] HarmonicsToNoise);
