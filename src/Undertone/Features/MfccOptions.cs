namespace Undertone.Features;

/// <summary>
/// The settings of mel-frequency cepstral coefficients (Davis &amp; Mermelstein 1980, doi:10.1109/TASSP.1980.1163420):
/// the log-mel spectrogram's, and what follows it. The defaults suit speech emotion recognition: 40 coefficients with
/// deltas of both orders, 120 values a frame.
/// </summary>
public sealed record MfccOptions : FeatureOptions
{
    /// <summary>The set's name in experiment files.</summary>
    public const string SetName = "mfcc";

    /// <summary>Its entry in the catalog.</summary>
    public static FeatureSet Set { get; } = new(SetName, "Mel-frequency cepstral coefficients with deltas, frame by frame.", LogMelOptions.Source, new MfccOptions());

    /// <summary>The spectrogram beneath; its own deltas are not used. Default as <see cref="LogMelOptions"/>.</summary>
    public LogMelOptions Mel { get; init; } = new();

    /// <summary>The number of coefficients, the zeroth included: at most the number of bands. Default 40.</summary>
    public int Coefficients { get; init; } = 40;

    /// <summary>
    /// The sine lifter's length L: coefficient i is multiplied with 1 + L/2 · sin(π(i + 1)/L), as librosa counts
    /// them; 0 for none. Default 0.
    /// </summary>
    public int Lifter { get; init; }

    /// <summary>0 for none, 1 for deltas, 2 for deltas of both orders behind the coefficients. Default 2.</summary>
    public int Deltas { get; init; } = 2;

    /// <summary>How deltas are estimated. Default regression.</summary>
    public DeltaMethod DeltaMethod { get; init; } = DeltaMethod.Regression;

    /// <summary>The number of frames that a delta looks at, odd, at least 3. Default 5.</summary>
    public int DeltaWidth { get; init; } = 5;

    /// <summary>The presets by name: <c>default</c>, <c>torchaudio</c>, <c>librosa</c>.</summary>
    public static IReadOnlyDictionary<string, MfccOptions> Presets { get; } = new SortedDictionary<string, MfccOptions>(StringComparer.Ordinal)
    {
        ["default"] = new(),
        ["torchaudio"] = Torchaudio,
        ["librosa"] = Librosa,
    };

    /// <summary>
    /// <c>torchaudio.transforms.MFCC()</c> with its defaults: 40 coefficients of the <see cref="LogMelOptions.Torchaudio"/>
    /// spectrogram in decibels, 80 dB kept. Without deltas; where asked for they are <c>compute_deltas</c>'s.
    /// </summary>
    public static MfccOptions Torchaudio => new()
    {
        Mel = LogMelOptions.Torchaudio with { Log = LogCompression.Decibel, LogFloor = 1e-10, TopDecibels = 80 },
        Deltas = 0,
    };

    /// <summary>
    /// <c>librosa.feature.mfcc(y, sr=16000)</c> with its defaults: 20 coefficients of the <see cref="LogMelOptions.Librosa"/>
    /// spectrogram. Without deltas; where asked for they are <c>librosa.feature.delta</c>'s.
    /// </summary>
    public static MfccOptions Librosa => new()
    {
        Mel = LogMelOptions.Librosa,
        Coefficients = 20,
        Deltas = 0,
        DeltaMethod = DeltaMethod.SavitzkyGolay,
        DeltaWidth = 9,
    };

    /// <summary>A preset by its name.</summary>
    /// <param name="name">One of the <see cref="Presets"/>.</param>
    /// <exception cref="UndertoneException">There is none; the message gives the nearest.</exception>
    public static MfccOptions Preset(string name) => SettingCheck.Preset(SetName, name, Presets);

    /// <inheritdoc/>
    public override FeatureExtractor CreateExtractor() => new Mfcc(this);

    /// <summary>Every setting that changes the values, as one line.</summary>
    internal string Canonical() => FormattableString.Invariant(
        $"coefficients={Coefficients} lifter={Lifter} deltas={Deltas},{DeltaMethod},{DeltaWidth} mel=({(Mel with { Deltas = 0 }).Canonical()})");

    /// <summary>Refuses impossible settings.</summary>
    internal void Check()
    {
        Mel.Check(SetName);
        SettingCheck.Require(Coefficients >= 1 && Coefficients <= Mel.Bands, SetName, "coefficients", Coefficients, $"1 to the number of bands ({Mel.Bands})");
        SettingCheck.Require(Lifter >= 0, SetName, "lifter", Lifter, "0 (none) or more");
        SettingCheck.Require(Deltas is >= 0 and <= 2, SetName, "deltas", Deltas, "0, 1 or 2");
        SettingCheck.Require(DeltaWidth >= 3 && DeltaWidth % 2 == 1, SetName, "delta-width", DeltaWidth, "an odd number of frames, at least 3");
    }
}
