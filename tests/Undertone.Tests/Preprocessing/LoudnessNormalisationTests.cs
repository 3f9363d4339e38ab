using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Undertone.Preprocessing;
using Undertone.Speech;

namespace Undertone.Tests.Preprocessing;

/// <summary>Expected values: ITU-R BS.1770-4, EBU Tech 3341 (its stereo signals in one channel read 3.01 LU less), and SciPy.</summary>
public sealed class LoudnessNormalisationTests
{
    [Theory]
    [InlineData(48000)]
    [InlineData(44100)]
    [InlineData(16000)]
    public void A_full_scale_sine_of_997_Hz_reads_minus_3_01(int rate) =>
        LoudnessNormalisation.Integrated(Tone(rate, 997, (0, 5))).ShouldBe(-3.01, rate == 48000 ? 0.01 : 0.1);

    [Fact]
    public void At_48_kHz_the_filters_are_those_of_the_recommendation()
    {
        var filters = LoudnessNormalisation.Coefficients(48000);
        double[] tabulated = [1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585];
        filters[0].Zip(tabulated).ShouldAllBe(p => Math.Abs(p.First - p.Second) < 1e-10);
        double[] low = [1, -2, 1, -1.99004745483398, 0.99007225036621];
        filters[1].Zip(low).ShouldAllBe(p => Math.Abs(p.First - p.Second) < 1e-10);
    }

    [Fact]
    public void The_gates_leave_out_what_is_quiet()
    {
        // Tech 3341, cases 1, 3 and 4.
        LoudnessNormalisation.Integrated(Tone(48000, 1000, (-23, 20))).ShouldBe(-26.01, 0.1);
        LoudnessNormalisation.Integrated(Tone(48000, 1000, (-36, 10), (-23, 60), (-36, 10))).ShouldBe(-26.01, 0.1);
        LoudnessNormalisation.Integrated(Tone(48000, 1000, (-72, 10), (-36, 10), (-23, 60), (-36, 10), (-72, 10))).ShouldBe(-26.01, 0.1);
    }

    [Fact]
    public void At_16_kHz_it_reads_what_SciPy_computes()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Data", "Preprocessing");
        var noisy = new Waveform(MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(folder, "noisy.f32"))).ToArray(), 16000);
        var expected = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "values.json")))!["loudness"]!.GetValue<double>();
        LoudnessNormalisation.Integrated(noisy).ShouldBe(expected, 1e-4);
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.3)]
    [InlineData(2)]
    public void A_recording_is_brought_to_minus_23(double seconds)
    {
        var result = LoudnessNormalisation.Apply(Tone(16000, 500, (-40, seconds)));
        LoudnessNormalisation.Integrated(result).ShouldBe(-23, 0.01);
    }

    [Fact]
    public void Silence_has_no_loudness_and_low_rates_are_refused()
    {
        var silence = new Waveform(new float[16000], 16000);
        LoudnessNormalisation.Integrated(silence).ShouldBe(double.NegativeInfinity);
        LoudnessNormalisation.Integrated(new Waveform([], 16000)).ShouldBe(double.NegativeInfinity);
        LoudnessNormalisation.Apply(silence).ShouldBeSameAs(silence);
        Should.Throw<ArgumentException>(() => LoudnessNormalisation.Integrated(new Waveform(new float[10], 4000)));
    }

    private static Waveform Tone(int rate, double hertz, params (double Decibels, double Seconds)[] parts) => new(
        [.. parts.SelectMany(p => Enumerable.Range(0, (int)(p.Seconds * rate))
            .Select(i => (float)(Math.Pow(10, p.Decibels / 20) * Math.Sin(2 * Math.PI * hertz * i / rate))))],
        rate);
}
