using System.Globalization;
using Undertone.Features.Functionals;

namespace Undertone.Features;

/// <summary>
/// ComParE 2016 as a table: the 65 descriptors, and which functionals are computed of which, in the order and by the names
/// of the published set (Weninger et al. 2013, doi:10.3389/fpsyg.2013.00292).
/// </summary>
internal static class Compare2016Layout
{
    private const string Ratio = "1";
    private const string Hertz = "Hz";
    private const string Power = "full scale²";

    private const string ZwickerSource = "Fastl & Zwicker 2007, doi:10.1007/978-3-540-68888-4";
    private const string HermanskySource = "Hermansky 1990, doi:10.1121/1.399423";
    private const string RastaSource = "Hermansky & Morgan 1994, doi:10.1109/89.326616";
    private const string CepstrumSource = "Davis & Mermelstein 1980, doi:10.1109/TASSP.1980.1163420";
    private const string PitchSource = "Hermes 1988, doi:10.1121/1.396427";
    private const string VoiceSource = "Eyben et al. 2016, doi:10.1109/TAFFC.2015.2457417";
    private const string SpectrumSource = "Weninger et al. 2013, doi:10.3389/fpsyg.2013.00292";

    /// <summary>The voice's descriptors: the first of all.</summary>
    public static IReadOnlyList<FeatureDescription> Voice { get; } =
    [
        new("F0final_sma", Hertz, PitchSource),
        new("voicingFinalUnclipped_sma", Ratio, PitchSource),
        new("jitterLocal_sma", Ratio, VoiceSource),
        new("jitterDDP_sma", Ratio, VoiceSource),
        new("shimmerLocal_sma", Ratio, VoiceSource),
        new("logHNR_sma", "dB", VoiceSource),
    ];

    /// <summary>The descriptors of energy, behind the voice's.</summary>
    public static IReadOnlyList<FeatureDescription> Energy { get; } =
    [
        new("audspec_lengthL1norm_sma", "loudness", HermanskySource),
        new("audspecRasta_lengthL1norm_sma", "loudness", RastaSource),
        new("pcm_RMSenergy_sma", "full scale", SpectrumSource),
        new("pcm_zcr_sma", "crossings/sample", SpectrumSource),
    ];

    /// <summary>The descriptors of the spectrum, behind those of energy.</summary>
    public static IReadOnlyList<FeatureDescription> Spectrum { get; } =
    [
        .. Counted("audSpec_Rfilt_sma", 0, Compare2016Contours.Bands, "loudness", RastaSource),
        new("pcm_fftMag_fband250-650_sma", Power, SpectrumSource),
        new("pcm_fftMag_fband1000-4000_sma", Power, SpectrumSource),
        .. new[] { "25.0", "50.0", "75.0", "90.0" }.Select(p => new FeatureDescription($"pcm_fftMag_spectralRollOff{p}_sma", Hertz, "Scheirer & Slaney 1997, doi:10.1109/ICASSP.1997.596192")),
        new("pcm_fftMag_spectralFlux_sma", "full scale", SpectrumSource),
        new("pcm_fftMag_spectralCentroid_sma", Hertz, SpectrumSource),
        new("pcm_fftMag_spectralEntropy_sma", "bit", "Misra et al. 2004, doi:10.1109/ICASSP.2004.1325955"),
        new("pcm_fftMag_spectralVariance_sma", "Hz²", SpectrumSource),
        new("pcm_fftMag_spectralSkewness_sma", Ratio, SpectrumSource),
        new("pcm_fftMag_spectralKurtosis_sma", Ratio, SpectrumSource),
        new("pcm_fftMag_spectralSlope_sma", $"{Power}/Hz", SpectrumSource),
        new("pcm_fftMag_psySharpness_sma", "acum", ZwickerSource),
        new("pcm_fftMag_spectralHarmonicity_sma", Power, SpectrumSource),
        .. Counted("mfcc_sma", 1, Compare2016Contours.Coefficients, Ratio, CepstrumSource),
    ];

    /// <summary>The rows: see <see cref="Row"/>.</summary>
    public static FunctionalTable Table { get; } = Build();

    /// <summary>What the rows of the table hold; their order is the published one.</summary>
    public enum Row
    {
        /// <summary>Distribution, segments, times and prediction of energy and its deltas.</summary>
        Energy,

        /// <summary>The same of the spectrum and its deltas.</summary>
        Spectrum,

        /// <summary>All that is computed of the voice and its deltas, over frames that have one.</summary>
        Voice,

        /// <summary>The voiced segments.</summary>
        VoicedSegments,

        /// <summary>Means, peaks and fits of energy and spectrum.</summary>
        Levels,

        /// <summary>Means and peaks of their deltas.</summary>
        Changes,
    }

    /// <summary>The descriptions of deltas.</summary>
    public static IEnumerable<FeatureDescription> Deltas(IEnumerable<FeatureDescription> descriptors) =>
        descriptors.Select(d => d with { Name = d.Name.Replace("_sma", "_sma_de", StringComparison.Ordinal), Unit = Functional.Per(d.Unit, "frame") });

    private static FunctionalTable Build()
    {
        var (extremes, percentiles, moments) = (new Extremes(), new Percentiles(1, 99), new Moments());
        var segments = new RangeSegments(0.25, 0.75);
        var times = new Times(25, 50, 75, 90);
        var prediction = new ContourPrediction(5);
        var peaks = new Peaks(0.1);
        Functional[] shape = [extremes, percentiles, moments, segments, times, prediction];
        FeatureDescription[] sounds = [.. Energy, .. Spectrum];
        return new FunctionalTable(
        [
            new([.. Energy, .. Deltas(Energy)], shape),
            new([.. Spectrum, .. Deltas(Spectrum)], shape),
            new(
                [.. Voice, .. Deltas(Voice)],
                [
                    new Means(MeanKind.Arithmetic, MeanKind.Flatness, MeanKind.PositiveArithmetic, MeanKind.RootQuadratic),
                    extremes,
                    new PolynomialFit(FitTime.Frame),
                    percentiles,
                    moments,
                    times,
                    prediction,
                ])
            {
                NonZeroOnly = true,
            },
            new([Voice[0]], [new ActiveSegments("ff0_")]),
            new(
                sounds,
                [
                    new Means(MeanKind.Arithmetic, MeanKind.Flatness, MeanKind.RootQuadratic),
                    peaks,
                    new PolynomialFit(FitTime.Second),
                ]),
            new(
                [.. Deltas(sounds)],
                [
                    new Means(MeanKind.Flatness, MeanKind.PositiveArithmetic, MeanKind.RootQuadratic),
                    peaks,
                ]),
        ]);
    }

    private static IEnumerable<FeatureDescription> Counted(string name, int first, int count, string unit, string source) =>
        Enumerable.Range(first, count).Select(i => new FeatureDescription($"{name}[{i.ToString(CultureInfo.InvariantCulture)}]", unit, source));
}
