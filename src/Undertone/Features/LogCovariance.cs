using Undertone.Features.Descriptors;
using Undertone.Features.Functionals;
using Undertone.Speech;

namespace Undertone.Features;

/// <summary>
/// Frames of cepstra, F0, periodicity and harmonics-to-noise ratio (Boersma's, <see cref="AutocorrelationPitch"/>), each
/// stacked with frames a little later; the matrix logarithm of their covariance over the utterance
/// (<see cref="LogEuclideanCovariance"/>), at two distances, and the means of the descriptors. One frame an utterance.
/// </summary>
/// <remarks>
/// The scales of the descriptors decide how much each says where the covariance is nearly singular: they are such that all
/// have deviations of about 1 to 10.
/// </remarks>
public sealed class LogCovariance : FeatureExtractor
{
    private const double Reference = 27.5;
    private const double SemitonesScale = 1.0 / 3;
    private const double PeriodicityScale = 3;
    private const double HarmonicsScale = 1.0 / 5;

    // The share of the period's energy that repeats is kept from 0 and 1 by this: −30 to 60 dB.
    private const double LeastShare = 1e-3;
    private const double GreatestShare = 1 - 1e-6;

    private static readonly FeatureDescription[] Voice =
    [
        new("F0", "3 semitones above 27.5 Hz", AutocorrelationPitch.Source),
        new("periodicity", "1/3", AutocorrelationPitch.Source),
        new("HNR", "5 dB", AutocorrelationPitch.Source),
    ];

    private readonly LogCovarianceOptions _options;
    private readonly Mfcc _mfcc;
    private readonly AutocorrelationPitch _pitch;

    /// <summary>Makes the extractor.</summary>
    /// <param name="options">The settings.</param>
    /// <exception cref="UndertoneException">A setting is impossible; the message names it.</exception>
    public LogCovariance(LogCovarianceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var lags = string.Join("; ", options.Lags.Select(l => string.Join(", ", l)));
        SettingCheck.Require(options.Floor > 0 && double.IsFinite(options.Floor), Name, "floor", options.Floor, "above 0");
        SettingCheck.Require(
            options.Lags.Count > 0 && options.Lags.All(l => l.Count > 0 && l[0] >= 1 && l.Zip(l.Skip(1), (a, b) => a < b).All(rises => rises)),
            Name, "lags", lags, "lists of rising numbers of frames, each at least 1");
        SettingCheck.Require(options.Lags.Select(l => l[^1]).Distinct().Count() == options.Lags.Count, Name, "lags", lags, "lists that end differently");
        SettingCheck.Require(options.Mfcc.Mel.Centre, Name, "mfcc.mel.centre", options.Mfcc.Mel.Centre, "true, as the frames of F0 are centred");
        _options = options with { Mfcc = options.Mfcc with { Deltas = 0 } };
        _mfcc = new Mfcc(_options.Mfcc);
        _pitch = new AutocorrelationPitch(options.Mfcc.Mel.SampleRate, hopSeconds: _mfcc.HopSeconds);
        Fingerprint = FormattableString.Invariant($"{Name}/2 lags={lags} floor={options.Floor:R} ({_mfcc.Fingerprint})");
    }

    /// <inheritdoc/>
    public override string Name => LogCovarianceOptions.SetName;

    /// <inheritdoc/>
    public override string Fingerprint { get; }

    /// <inheritdoc/>
    public override int Dimensions => _options.Lags.Sum(Count) + Width;

    /// <inheritdoc/>
    public override double HopSeconds => 0;

    /// <inheritdoc/>
    public override bool IsFunctionals => true;

    private int Width => _mfcc.Dimensions + Voice.Length;

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureDescription> Describe()
    {
        FeatureDescription[] descriptors = [.. _mfcc.Describe(), .. Voice];
        return
        [
            .. _options.Lags.SelectMany(lags => Describe(lags, descriptors)),
            .. descriptors.Select(d => d with { Name = $"{d.Name}_mean" }),
        ];
    }

    /// <inheritdoc/>
    public override FeatureMatrix Extract(Waveform waveform)
    {
        var frames = Descriptors(waveform);
        var values = new float[Dimensions];
        var at = 0;
        foreach (var lags in _options.Lags)
        {
            LogEuclideanCovariance.Of(frames, [0, .. lags], _options.Floor, values.AsSpan(at, Count(lags)));
            at += Count(lags);
        }

        for (var d = 0; d < Width; d++)
        {
            var sum = 0.0;
            for (var frame = 0; frame < frames.Frames; frame++)
            {
                sum += frames[frame][d];
            }

            values[at + d] = (float)(sum / frames.Frames);
        }

        return new FeatureMatrix(values, 1, values.Length);
    }

    /// <summary>The descriptors frame by frame: cepstra, then F0, periodicity and harmonics-to-noise ratio, scaled.</summary>
    /// <param name="waveform">Mono audio of the settings' rate.</param>
    public FeatureMatrix Descriptors(Waveform waveform)
    {
        SpeechCheck.Require(waveform, Name);
        var cepstra = _mfcc.Extract(waveform);
        var contour = _pitch.Track(waveform.Samples);
        var (frames, coefficients, width) = (cepstra.Frames, _mfcc.Dimensions, Width);

        // Where there is no voice F0 has its mean, so that what varies is the melody and not the voicing.
        var voiced = contour.Hertz.Where(h => h > 0).Select(Semitones).ToList();
        var middle = voiced.Count > 0 ? voiced.Average() : 0;
        var values = new float[frames * width];
        for (var frame = 0; frame < frames; frame++)
        {
            var to = values.AsSpan(frame * width, width);
            cepstra[frame].CopyTo(to);
            var (hertz, strength) = (contour.Hertz[frame], contour.Strength[frame]);
            var share = Math.Clamp(strength, LeastShare, GreatestShare);
            to[coefficients] = (float)(SemitonesScale * (hertz > 0 ? Semitones(hertz) : middle));
            to[coefficients + 1] = (float)(PeriodicityScale * strength);
            to[coefficients + 2] = hertz > 0 ? (float)(HarmonicsScale * 10 * Math.Log10(share / (1 - share))) : 0;
        }

        return new FeatureMatrix(values, frames, width);
    }

    private static IEnumerable<FeatureDescription> Describe(IReadOnlyList<int> lags, FeatureDescription[] descriptors)
    {
        int[] at = [0, .. lags];
        string[] stacked = [.. at.SelectMany(lag => descriptors.Select(d => FormattableString.Invariant($"{d.Name}+{lag}")))];
        return
            from row in Enumerable.Range(0, stacked.Length)
            from column in Enumerable.Range(row, stacked.Length - row)
            select new FeatureDescription(FormattableString.Invariant($"logcov{lags[^1]}({stacked[row]}*{stacked[column]})"), "1", LogEuclideanCovariance.Source);
    }

    private int Count(IReadOnlyList<int> lags) => LogEuclideanCovariance.Count(Width * (1 + lags.Count));

    private static double Semitones(float hertz) => 12 * Math.Log2(hertz / Reference);
}
