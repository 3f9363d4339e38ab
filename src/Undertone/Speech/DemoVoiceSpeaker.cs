namespace Undertone.Speech;

/// <summary>A speaker of the demo voice: the habits from which each emotion departs.</summary>
/// <param name="Id">The speaker's id: <c>f1</c>.</param>
/// <param name="Gender"><c>female</c> or <c>male</c>.</param>
/// <param name="PitchHz">Habitual F0 in Hz.</param>
/// <param name="TractScale">Factor on the formants of an average man's vocal tract: above 1 for a shorter one.</param>
/// <param name="RateFactor">Habitual speaking rate, 1 being 5.5 syllables a second.</param>
/// <param name="LevelDb">Habitual loudness in dB, 0 being −26 dB below full scale.</param>
/// <param name="TiltDb">Habitual fall of the glottal spectrum at 3 kHz in dB, on top of the pulse's own.</param>
/// <param name="Expressiveness">How far the speaker goes along each emotion's correlates, 1 being as far as the table says.</param>
public sealed record DemoSpeaker(
    string Id,
    string Gender,
    double PitchHz,
    double TractScale,
    double RateFactor,
    double LevelDb,
    double TiltDb,
    double Expressiveness)
{
    /// <summary>
    /// The eight speakers. F0 lies in the usual ranges of women and men; tract scales follow the ratio of women's to
    /// men's formants, about 1.17 (Hillenbrand, Getty, Clark and Wheeler 1995, doi:10.1121/1.411872).
    /// </summary>
    public static IReadOnlyList<DemoSpeaker> All { get; } =
    [
        new("f1", "female", 208, 1.17, 1.00, 0.0, 8, 1.00),
        new("f2", "female", 182, 1.12, 0.90, -2.0, 9.5, 0.80),
        new("f3", "female", 232, 1.21, 1.10, 1.0, 7, 1.20),
        new("f4", "female", 196, 1.15, 0.96, 2.5, 9, 0.90),
        new("m1", "male", 112, 1.00, 1.00, 0.0, 7, 1.00),
        new("m2", "male", 96, 0.95, 0.92, 2.0, 9.5, 0.85),
        new("m3", "male", 134, 1.04, 1.10, -1.0, 7, 1.15),
        new("m4", "male", 122, 0.98, 0.95, -2.5, 10, 0.75),
    ];
}
