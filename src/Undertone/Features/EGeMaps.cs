using System.Collections.Concurrent;
using Undertone.Features.Descriptors;
using Undertone.Speech;

namespace Undertone.Features;

/// <summary>
/// The extended Geneva minimalistic acoustic parameter set, version 2: 88 functionals of an utterance (Eyben et al. 2016,
/// doi:10.1109/TAFFC.2015.2457417), with the names and the values that openSMILE 3 gives them. One frame an utterance.
/// </summary>
/// <remarks>
/// All is defined for any finite audio: shorter audio than a frame is filled up with silence, and functionals of voiced
/// frames are 0 where nothing is voiced. Time and memory are linear in the length; what grows is 100 bytes a frame of 10 ms.
/// </remarks>
public sealed class EGeMaps : FeatureExtractor
{
    /// <summary>Where the set is described.</summary>
    internal const string Source = "Eyben et al. 2016, doi:10.1109/TAFFC.2015.2457417";

    private static readonly IReadOnlyList<FeatureDescription> Descriptions = EGeMapsFunctionals.Describe(Source);

    private readonly ConcurrentBag<Analysis> _spares = [];

    /// <inheritdoc/>
    public override string Name => EGeMapsOptions.SetName;

    /// <inheritdoc/>
    public override string Fingerprint => "egemaps/2";

    /// <inheritdoc/>
    public override int Dimensions => Descriptions.Count;

    /// <inheritdoc/>
    public override double HopSeconds => 0;

    /// <inheritdoc/>
    public override bool IsFunctionals => true;

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureDescription> Describe() => Descriptions;

    /// <inheritdoc/>
    public override FeatureMatrix Extract(Waveform waveform)
    {
        SpeechCheck.Require(waveform, Name);
        var analysis = _spares.TryTake(out var spare) ? spare : new Analysis();
        var result = analysis.Of(waveform.Samples);
        _spares.Add(analysis);
        return new FeatureMatrix(result, 1, result.Length);
    }

    /// <summary>What one call needs to work in; as many are kept as calls ran at once.</summary>
    private sealed class Analysis
    {
        private const double LowestPitch = 55;
        private const double HighestPitch = 1000;

        private readonly EGeMapsContours.Analyser _contours = new();
        private readonly HarmonicSpectra _harmonics = new(EGeMapsContours.Hop);
        private readonly PeriodPerturbation _perturbation = new(Waveform.StandardRate, EGeMapsContours.Hop);

        public float[] Of(ReadOnlySpan<float> samples)
        {
            var contours = _contours.Of(samples);
            var pitch = _harmonics.Pitch(samples, LowestPitch, HighestPitch);
            var voice = new VoiceContours(pitch, new float[pitch.Length], new float[pitch.Length], new float[pitch.Length]);
            var levels = _harmonics.Levels(samples, pitch, contours.FormantFrequencies, voice.HarmonicsToNoise);
            _perturbation.Of(samples, pitch, voice.Jitter, voice.Shimmer);
            var result = new float[Descriptions.Count];
            EGeMapsFunctionals.Compute(contours, voice, levels, result);
            return result;
        }
    }
}
