namespace Undertone.Features;

/// <summary>
/// The settings of the log-mel spectrogram. The defaults suit speech emotion recognition: 25 ms windows every 10 ms,
/// 64 bands. Lengths are in samples, as torchaudio and librosa have them.
/// </summary>
public sealed record LogMelOptions : FeatureOptions
{
    /// <summary>The set's name in experiment files.</summary>
    public const string SetName = "log-mel";

    /// <summary>Its entry in the catalog.</summary>
    public static FeatureSet Set { get; } = new(SetName, "The log-mel spectrogram, frame by frame: what deep models see.", Source, new LogMelOptions());

    /// <summary>The rate of the audio, in Hz. Default 16000.</summary>
    public int SampleRate { get; init; } = Speech.Waveform.StandardRate;

    /// <summary>The length of the Fourier transform, in samples. Default 512.</summary>
    public int FftLength { get; init; } = 512;

    /// <summary>The length of the window, in samples, centred within the transform. Default 400 (25 ms).</summary>
    public int WindowLength { get; init; } = 400;

    /// <summary>The distance between frames, in samples. Default 160 (10 ms).</summary>
    public int HopLength { get; init; } = 160;

    /// <summary>The window's shape. Default Hann.</summary>
    public WindowShape Window { get; init; } = WindowShape.Hann;

    /// <summary>
    /// Whether frame f is centred at sample f · hop (1 + ⌊n / hop⌋ frames), rather than beginning there
    /// (1 + ⌊(n − fft) / hop⌋ frames, at least one: shorter audio is filled up with silence). Default true.
    /// </summary>
    public bool Centre { get; init; } = true;

    /// <summary>What centred frames see beyond the ends. Default reflect.</summary>
    public FramePadding Padding { get; init; } = FramePadding.Reflect;

    /// <summary>1 for magnitudes, 2 for powers. Default 2.</summary>
    public int Power { get; init; } = 2;

    /// <summary>The number of mel bands. Default 64.</summary>
    public int Bands { get; init; } = 64;

    /// <summary>The lower edge of the lowest band, in Hz. Default 50: below it lies hum, not voice.</summary>
    public double LowestFrequency { get; init; } = 50;

    /// <summary>The upper edge of the highest band, in Hz; null is half the sample rate. Default null.</summary>
    public double? HighestFrequency { get; init; }

    /// <summary>The formula of the mel scale. Default HTK's.</summary>
    public MelScale Scale { get; init; } = MelScale.Htk;

    /// <summary>The height of the triangles. Default none.</summary>
    public MelNormalisation BandNormalisation { get; init; } = MelNormalisation.None;

    /// <summary>How energies are compressed. Default natural logarithm.</summary>
    public LogCompression Log { get; init; } = LogCompression.Natural;

    /// <summary>The smallest energy told from silence. Default 10⁻⁶, some 100 dB below a full-scale tone.</summary>
    public double LogFloor { get; init; } = 1e-6;

    /// <summary>The energy of 0 dB, for decibels; null is the utterance's greatest. Default 1.</summary>
    public double? Reference { get; init; } = 1;

    /// <summary>The range kept below the utterance's greatest value, in dB, for decibels; null keeps all. Default null.</summary>
    public double? TopDecibels { get; init; }

    /// <summary>0 for none, 1 for deltas, 2 for deltas of both orders behind the bands. Default 0.</summary>
    public int Deltas { get; init; }

    /// <summary>How deltas are estimated. Default regression.</summary>
    public DeltaMethod DeltaMethod { get; init; } = DeltaMethod.Regression;

    /// <summary>The number of frames that a delta looks at, odd, at least 3. Default 5.</summary>
    public int DeltaWidth { get; init; } = 5;

    /// <summary>The presets by name: <c>default</c>, <c>torchaudio</c>, <c>librosa</c>.</summary>
    public static IReadOnlyDictionary<string, LogMelOptions> Presets { get; } = new SortedDictionary<string, LogMelOptions>(StringComparer.Ordinal)
    {
        ["default"] = new(),
        ["torchaudio"] = Torchaudio,
        ["librosa"] = Librosa,
    };

    /// <summary>
    /// <c>torchaudio.transforms.MelSpectrogram()</c> with its defaults (windows of 400, hop 200, 128 bands, HTK scale),
    /// then what its users mostly apply: log(x + 10⁻⁶). Of its 128 bands some of the lowest lie between two
    /// frequencies of so short a transform and are empty, there as here.
    /// </summary>
    public static LogMelOptions Torchaudio => new()
    {
        FftLength = 400,
        WindowLength = 400,
        HopLength = 200,
        Bands = 128,
        LowestFrequency = 0,
    };

    /// <summary>
    /// <c>librosa.power_to_db(librosa.feature.melspectrogram(y, sr=16000))</c> with their defaults (librosa 0.10: windows
    /// of 2048, hop 512, silence beyond the ends, 128 bands, Slaney scale and areas, 80 dB kept). librosa's own default
    /// rate is 22050 Hz; Undertone's audio has 16000 Hz.
    /// </summary>
    public static LogMelOptions Librosa => new()
    {
        FftLength = 2048,
        WindowLength = 2048,
        HopLength = 512,
        Padding = FramePadding.Zero,
        Bands = 128,
        LowestFrequency = 0,
        Scale = MelScale.Slaney,
        BandNormalisation = MelNormalisation.Slaney,
        Log = LogCompression.Decibel,
        LogFloor = 1e-10,
        TopDecibels = 80,
        DeltaMethod = DeltaMethod.SavitzkyGolay,
        DeltaWidth = 9,
    };

    /// <summary>A preset by its name.</summary>
    /// <param name="name">One of the <see cref="Presets"/>.</param>
    /// <exception cref="UndertoneException">There is none; the message gives the nearest.</exception>
    public static LogMelOptions Preset(string name) => SettingCheck.Preset(SetName, name, Presets);

    /// <inheritdoc/>
    public override FeatureExtractor CreateExtractor() => new LogMel(this);

    /// <summary>Where the mel bands are described.</summary>
    internal const string Source = "Davis & Mermelstein 1980, doi:10.1109/TASSP.1980.1163420";

    /// <summary>The unit of a value.</summary>
    internal string Unit => (Log, Power) switch
    {
        (LogCompression.Decibel, _) => "dB",
        (LogCompression.None, 1) => "magnitude",
        (LogCompression.None, _) => "power",
        (_, 1) => "ln magnitude",
        _ => "ln power",
    };

    /// <summary>Every setting that changes the values, as one line.</summary>
    internal string Canonical() => FormattableString.Invariant(
        $"rate={SampleRate} fft={FftLength} window={WindowLength},{Window} hop={HopLength} centre={Centre},{Padding} power={Power} bands={Bands},{LowestFrequency:R}-{HighestFrequency ?? SampleRate / 2.0:R},{Scale},{BandNormalisation} log={Log},{LogFloor:R},{Reference:R},{TopDecibels:R} deltas={Deltas},{DeltaMethod},{DeltaWidth}");

    /// <summary>Refuses impossible settings.</summary>
    /// <param name="set">The set's name, for messages.</param>
    internal void Check(string set)
    {
        var highest = HighestFrequency ?? SampleRate / 2.0;
        SettingCheck.Require(SampleRate > 0, set, "sample-rate", SampleRate, "a positive number of Hz");
        SettingCheck.Require(FftLength is >= 2 and <= 1 << 20, set, "fft-length", FftLength, "2 to 1048576 samples");
        SettingCheck.Require(WindowLength >= 1 && WindowLength <= FftLength, set, "window-length", WindowLength, $"1 to fft-length ({FftLength}) samples");
        SettingCheck.Require(HopLength >= 1, set, "hop-length", HopLength, "at least 1 sample");
        SettingCheck.Require(Power is 1 or 2, set, "power", Power, "1 (magnitudes) or 2 (powers)");
        SettingCheck.Require(Bands is >= 1 and <= 4096, set, "bands", Bands, "1 to 4096");
        SettingCheck.Require(LowestFrequency >= 0 && LowestFrequency < highest, set, "lowest-frequency", LowestFrequency, FormattableString.Invariant($"0 Hz to below highest-frequency ({highest} Hz)"));
        SettingCheck.Require(highest <= SampleRate / 2.0, set, "highest-frequency", highest, FormattableString.Invariant($"at most half the sample rate ({SampleRate / 2.0} Hz)"));
        SettingCheck.Require(LogFloor > 0 && double.IsFinite(LogFloor) && (float)LogFloor > 0, set, "log-floor", LogFloor, "a positive number");
        SettingCheck.Require(Reference is null or (> 0 and < double.PositiveInfinity), set, "reference", Reference, "a positive number, or null for the utterance's greatest");
        SettingCheck.Require(TopDecibels is null or >= 0, set, "top-decibels", TopDecibels, "0 dB or more, or null");
        SettingCheck.Require(Deltas is >= 0 and <= 2, set, "deltas", Deltas, "0, 1 or 2");
        SettingCheck.Require(DeltaWidth >= 3 && DeltaWidth % 2 == 1, set, "delta-width", DeltaWidth, "an odd number of frames, at least 3");
    }
}
