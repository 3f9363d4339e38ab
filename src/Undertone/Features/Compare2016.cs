using System.Collections.Concurrent;
using Undertone.Features.Descriptors;
using Undertone.Speech;

namespace Undertone.Features;

/// <summary>
/// ComParE 2016, the feature set of the Computational Paralinguistics Challenges: 6373 functionals of 65 low-level
/// descriptors and their deltas, one frame an utterance (Weninger et al. 2013, doi:10.3389/fpsyg.2013.00292; Schuller et al.
/// 2016, doi:10.21437/Interspeech.2016-129). Names and order are the published ones; how well values agree is told in
/// <c>docs/features/compare-2016.md</c>.
/// </summary>
/// <remarks>
/// Of a file longer than a minute neither the samples nor the descriptors are in memory whole: see
/// docs/decisions/long-recordings.md. Audio shorter than 90 ms is analysed as if silence followed, so that every functional
/// is defined.
/// </remarks>
public sealed class Compare2016 : FeatureExtractor
{
    private readonly ConcurrentBag<Analysis> _spares = [];

    /// <summary>Makes the extractor.</summary>
    /// <param name="options">The settings.</param>
    public Compare2016(Compare2016Options options) => ArgumentNullException.ThrowIfNull(options);

    /// <inheritdoc/>
    public override string Name => Compare2016Options.SetName;

    /// <inheritdoc/>
    public override string Fingerprint => $"{Name}/4";

    /// <inheritdoc/>
    public override int Dimensions => Compare2016Layout.Table.Dimensions;

    /// <inheritdoc/>
    public override double HopSeconds => 0;

    /// <inheritdoc/>
    public override bool IsFunctionals => true;

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureDescription> Describe() => Compare2016Layout.Table.Describe();

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

    /// <summary>The names of the 65 descriptors: <c>pcm_RMSenergy_sma</c>.</summary>
    public IReadOnlyList<string> DescriptorNames { get; } =
        [.. Compare2016Layout.Voice.Concat(Compare2016Layout.Energy).Concat(Compare2016Layout.Spectrum).Select(d => d.Name)];

    /// <summary>The smoothed descriptors frame by frame, as functionals see them.</summary>
    /// <param name="waveform">Mono audio of 16 kHz.</param>
    /// <returns>Frames of 65 values, as <see cref="DescriptorNames"/> orders them.</returns>
    /// <exception cref="UndertoneException">The sample rate differs, or the audio is empty or not finite.</exception>
    public FeatureMatrix Descriptors(Waveform waveform)
    {
        SpeechCheck.Require(waveform, Name);
        using var window = new SampleWindow();
        using var contours = new Compare2016Contours();
        window.Take(waveform);
        contours.Analyse(window);
        var values = new float[contours.Frames * Compare2016Contours.Descriptors];
        for (var d = 0; d < Compare2016Contours.Descriptors; d++)
        {
            var contour = contours.Smoothed(d)[..contours.Frames];
            for (var frame = 0; frame < contour.Length; frame++)
            {
                values[(frame * Compare2016Contours.Descriptors) + d] = contour[frame];
            }
        }

        return new FeatureMatrix(values, contours.Frames, Compare2016Contours.Descriptors);
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
        private readonly Compare2016Contours _contours = new();

        public float[] Of(Action<SampleWindow> take)
        {
            using var window = _window;
            using var contours = _contours;
            take(window);
            contours.Analyse(window);
            var values = new float[Compare2016Layout.Table.Dimensions];
            Compare2016Layout.Table.Compute(contours.Read, contours.Contour, values);
            return values;
        }
    }
}
