using Undertone.Features;
using Undertone.Speech;

namespace Undertone.Tests.Features;

public sealed class MfccTests
{
    public static TheoryData<string> PresetNames => [.. MfccOptions.Presets.Keys];

    [Theory]
    [InlineData("torchaudio", "torchaudio-mfcc")]
    [InlineData("librosa", "librosa-mfcc")]
    [InlineData("default", "torchaudio-default-mfcc")]
    public void A_preset_gives_the_values_of_the_tool_it_is_named_after(string preset, string data) =>
        MfccOptions.Preset(preset).CreateExtractor().Extract(ReferenceData.Signal).ShouldMatch(data);

    [Fact]
    public void Lifter_and_Savitzky_Golay_deltas_follow_librosa() =>
        (MfccOptions.Librosa with { Coefficients = 13, Lifter = 22, Deltas = 2 }).CreateExtractor().Extract(ReferenceData.Signal).ShouldMatch("librosa-mfcc-lifter-deltas");

    [Theory]
    [MemberData(nameof(PresetNames))]
    public void Odd_audio_gives_finite_frames(string preset)
    {
        var extractor = (MfccOptions.Preset(preset) with { Deltas = 2 }).CreateExtractor();
        foreach (var samples in LogMelTests.OddAudio())
        {
            var features = extractor.Extract(new Waveform(samples, 16000));
            features.Values.Length.ShouldBe(features.Frames * extractor.Dimensions);
            features.Values.ShouldAllBe(v => float.IsFinite(v));
        }
    }

    [Fact]
    public void Impossible_settings_are_refused_by_name()
    {
        Refused(new() { Coefficients = 65 }).ShouldContain("'coefficients' is 65");
        Refused(new() { Lifter = -1 }).ShouldContain("'lifter'");
        Refused(new() { Mel = new() { HopLength = 0 } }).ShouldContain("'hop-length'");
        Should.Throw<UndertoneException>(() => MfccOptions.Preset("libros")).Message.ShouldContain("did you mean 'librosa'?");

        static string Refused(MfccOptions options) => Should.Throw<UndertoneException>(options.CreateExtractor).Message;
    }

    [Fact]
    public void The_fingerprint_knows_every_setting()
    {
        var basis = new MfccOptions();
        MfccOptions[] others =
        [
            basis with { Mel = new() { Bands = 80 } }, basis with { Coefficients = 13 }, basis with { Lifter = 22 }, basis with { Deltas = 1 },
            basis with { DeltaMethod = DeltaMethod.SavitzkyGolay }, basis with { DeltaWidth = 9 },
        ];
        others.Length.ShouldBe(typeof(MfccOptions).GetProperties().Count(p => p.CanWrite && p.GetMethod is { IsStatic: false }));
        others.Append(basis).Select(o => o.CreateExtractor().Fingerprint).Distinct().Count().ShouldBe(others.Length + 1);
    }
}
