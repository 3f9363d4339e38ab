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
/// frames are 0 where nothing is voiced. Time is linear in the length. Of a file longer than a minute neither the samples
/// nor the descriptors are in memory whole: see docs/decisions/long-recordings.md.
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
    public override string Fingerprint => "egemaps/4";

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
        return Extract(window => window.Take(waveform));
    }

    /// <inheritdoc/>
    public override FeatureMatrix Extract(AudioSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Extract(window => window.Take(source, Name));
    }

    private FeatureMatrix Extract(Action<SampleWindow> take)
    {
        var analysis = _spares.TryTake(out var spare) ? spare : new Analysis();
        var values = analysis.Of(take);
        _spares.Add(analysis);
        return new FeatureMatrix(values, 1, values.Length);
    }

    /// <summary>What one call needs to work in; as many are kept as calls ran at once.</summary>
    private sealed class Analysis
    {
        private readonly SampleWindow _window = new();
        private readonly EGeMapsContours _contours = new();
        private readonly EGeMapsRoom _room = new();

        public float[] Of(Action<SampleWindow> take)
        {
            using var window = _window;
            using var contours = _contours;
            take(window);
            contours.Analyse(window);
            var values = new float[Descriptions.Count];
            EGeMapsFunctionals.Compute(contours, _room, values);
            return values;
        }
    }
}
