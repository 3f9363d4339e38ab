namespace Undertone.Speech;

/// <summary>A speech sound of the demo voice, for an average man's vocal tract.</summary>
/// <param name="Milliseconds">Duration at the average rate, unstressed.</param>
/// <param name="F1">First formant in Hz.</param>
/// <param name="F2">Second formant in Hz.</param>
/// <param name="F3">Third formant in Hz.</param>
/// <param name="F4">Fourth formant in Hz.</param>
/// <param name="Voice">Amplitude of voicing, 1 being a vowel's.</param>
/// <param name="Breath">Amplitude of aspiration.</param>
/// <param name="Noise">Amplitude of frication.</param>
/// <param name="NoiseHz">Centre of the frication's spectrum in Hz; 0 without frication.</param>
/// <param name="NoiseWidth">Its bandwidth in Hz.</param>
internal sealed record DemoPhone(
    double Milliseconds,
    double F1,
    double F2,
    double F3,
    double F4,
    double Voice,
    double Breath = 0,
    double Noise = 0,
    double NoiseHz = 0,
    double NoiseWidth = 1000)
{
    /// <summary>Whether it is the nucleus of a syllable.</summary>
    public bool IsVowel => Voice >= 1;
}

/// <summary>
/// The sounds and sentences. Vowels: means of 45 men, Hillenbrand, Getty, Clark and Wheeler 1995
/// (doi:10.1121/1.411872, table V). Consonants: loci and noise spectra of the orders that D. H. Klatt gives in Software
/// for a cascade/parallel formant synthesizer, JASA 67, 971–995, 1980 (doi:10.1121/1.383940, tables II and III).
/// </summary>
internal static class DemoVoicePhones
{
    /// <summary>Sentences without meaning: words by spaces, syllables by dots, stress by an apostrophe.</summary>
    public static IReadOnlyList<string> Sentences { get; } =
    [
        "ma.'ti lo.'se ka.nu",
        "'do.na fi.'ku.lem bo.'sa",
        "'he.lu mas 'wi.do ne.'ga",
        "pa.'no.mi 'se.tul",
        "ni.'ba zo.'le.ka 'mu.des 'yo",
        "ku.'ma.ni 'fo.wa.lin 'ge",
    ];

    private static readonly Dictionary<char, DemoPhone[]> Phones = new()
    {
        ['a'] = [new(115, 768, 1333, 2522, 3687, 1)],
        ['e'] = [new(105, 476, 2089, 2691, 3649, 1)],
        ['i'] = [new(95, 342, 2322, 3000, 3657, 1)],
        ['o'] = [new(110, 497, 910, 2459, 3384, 1)],
        ['u'] = [new(95, 378, 997, 2343, 3357, 1)],
        ['m'] = [new(65, 280, 1000, 2200, 3300, 0.35)],
        ['n'] = [new(60, 280, 1500, 2500, 3400, 0.35)],
        ['l'] = [new(55, 340, 1100, 2800, 3500, 0.5)],
        ['w'] = [new(55, 300, 650, 2200, 3300, 0.55)],
        ['y'] = [new(55, 290, 2150, 2950, 3600, 0.55)],
        ['b'] = [new(50, 220, 950, 2200, 3300, 0.12), new(8, 300, 950, 2200, 3300, 0.4, 0, 0.10, 900, 1200)],
        ['d'] = [new(45, 220, 1650, 2600, 3400, 0.12), new(8, 300, 1650, 2600, 3400, 0.4, 0, 0.14, 3800, 1500)],
        ['g'] = [new(45, 220, 1900, 2300, 3300, 0.12), new(12, 300, 1900, 2300, 3300, 0.4, 0, 0.14, 2000, 900)],
        ['p'] = [new(60, 320, 950, 2200, 3300, 0), new(10, 400, 950, 2200, 3300, 0, 0.2, 0.14, 900, 1500), new(25, 450, 1050, 2300, 3300, 0, 0.25)],
        ['t'] = [new(55, 320, 1650, 2600, 3400, 0), new(10, 400, 1650, 2600, 3400, 0, 0.2, 0.25, 4200, 1800), new(28, 450, 1600, 2550, 3400, 0, 0.25)],
        ['k'] = [new(55, 320, 1800, 2300, 3300, 0), new(14, 400, 1800, 2300, 3300, 0, 0.2, 0.22, 2100, 900), new(32, 450, 1700, 2350, 3300, 0, 0.25)],
        ['s'] = [new(95, 320, 1500, 2550, 3500, 0, 0, 0.22, 5600, 1600)],
        ['f'] = [new(85, 340, 1050, 2150, 3400, 0, 0.02, 0.09, 4000, 5000)],
        ['z'] = [new(70, 260, 1500, 2550, 3500, 0.3, 0, 0.13, 5600, 1600)],
        ['h'] = [new(55, 500, 1450, 2500, 3500, 0, 0.3)],
    };

    /// <summary>The sound or, for plosives, the sounds (closure, burst, aspiration) of a letter.</summary>
    /// <param name="letter">A letter of a sentence.</param>
    /// <exception cref="ArgumentOutOfRangeException">The voice has no such sound.</exception>
    public static IReadOnlyList<DemoPhone> Of(char letter) =>
        Phones.TryGetValue(letter, out var phones)
            ? phones
            : throw new ArgumentOutOfRangeException(nameof(letter), letter, $"the demo voice has the sounds {string.Join(' ', Phones.Keys)}.");
}
