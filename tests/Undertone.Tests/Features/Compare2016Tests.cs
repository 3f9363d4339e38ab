using System.Globalization;
using System.IO.Compression;
using Undertone.Features;
using Undertone.Speech;

namespace Undertone.Tests.Features;

/// <summary>ComParE 2016: its layout, odd audio, and its agreement with the published set's own tool where its values are at hand.</summary>
public sealed class Compare2016Tests
{
    private static Compare2016 Set { get; } = new(new Compare2016Options());

    [Fact]
    public void Values_have_the_published_names_and_order()
    {
        var names = Set.Describe().Select(d => d.Name).ToList();
        names.Count.ShouldBe(6373);
        names.ShouldBeUnique();

        // A few places of the published table.
        names[0].ShouldBe("audspec_lengthL1norm_sma_range");
        names[247].ShouldBe("pcm_zcr_sma_de_lpc4");
        names[248].ShouldBe("audSpec_Rfilt_sma[0]_range");
        names[3658].ShouldBe("F0final_sma_amean");
        names[4126].ShouldBe("F0final_sma_ff0_nnz");
        names[4131].ShouldBe("audspec_lengthL1norm_sma_amean");
        names[6372].ShouldBe("mfcc_sma_de[14]_stddevFallingSlope");
    }

    [Fact]
    public void A_tone_has_the_descriptors_that_follow_from_it()
    {
        // 1 kHz, half of full scale: a line of 32 steps of the transform.
        var tone = new Waveform([.. Enumerable.Range(0, 16000).Select(n => 0.5f * MathF.Sin(2 * MathF.PI * n / 16))], 16000);
        var frames = Set.Descriptors(tone);
        var at = frames[50].ToArray();
        At("pcm_RMSenergy_sma").ShouldBe(0.5 / Math.Sqrt(2) * 32768 / 32767, 1e-4);
        At("pcm_zcr_sma").ShouldBe(1 / 8.0, 0.002);
        At("pcm_fftMag_spectralCentroid_sma").ShouldBe(1000, 1);
        At("pcm_fftMag_spectralRollOff50.0_sma").ShouldBe(1000, 1);
        At("pcm_fftMag_fband250-650_sma").ShouldBeLessThan(1e-3 * At("pcm_fftMag_fband1000-4000_sma"));
        At("pcm_fftMag_spectralFlux_sma").ShouldBe(0, 1e-3);

        // 8.53 Bark at 1 kHz (Traunmüller 1990).
        At("pcm_fftMag_psySharpness_sma").ShouldBe(0.11 * 8.527, 0.002);

        double At(string name) => at[Index(name)];
    }

    [Fact]
    public void The_same_samples_give_the_same_values_whatever_was_analysed_before()
    {
        var wave = new Waveform([.. ReferenceData.Signal.Samples.Take(12000)], 16000);
        var fresh = new Compare2016(new Compare2016Options()).Extract(wave).Values;
        var used = new Compare2016(new Compare2016Options());
        used.Extract(ReferenceData.Signal);
        used.Extract(wave).Values.ShouldBe(fresh);
    }

    [Fact]
    public void Loudest_silence_and_shortest_audio_give_finite_values()
    {
        float[][] odd =
        [
            new float[320], [1f], new float[5000], [.. Enumerable.Repeat(0.5f, 5000)],
            [.. Enumerable.Range(0, 9000).Select(n => n / 40 % 2 == 0 ? 1f : -1f)],
            [.. Enumerable.Range(0, 9000).Select(n => n == 4000 ? 1f : 0)],
            [.. Enumerable.Range(0, 9000).Select(n => 1e12f * MathF.Sin(n))],
            [.. Enumerable.Range(0, 9000).Select(n => 1e-30f * MathF.Sin(n))],
        ];
        foreach (var samples in odd)
        {
            Set.Extract(new Waveform(samples, 16000)).Values.ShouldAllBe(v => float.IsFinite(v));
        }
    }

    [OpenSmileFact]
    public void Descriptors_follow_the_reference_frame_by_frame()
    {
        var worst = new Dictionary<string, double>();
        foreach (var file in (string[])["03a01Fa", "08b01Lb", "13a05Aa", "16b03Ad"])
        {
            var frames = Set.Descriptors(OpenSmileReference.Wave(file));
            var (names, rows) = Read(Path.Combine(OpenSmileReference.Folder!, "lld", $"compare2016_{file}.csv.gz"));
            for (var d = 0; d < frames.Dimensions; d++)
            {
                var ours = Enumerable.Range(0, frames.Frames).Select(f => (double)frames[f][d]).ToArray();
                var theirs = rows.Take(frames.Frames).Select(r => r[d]).ToArray();
                worst[names[d]] = Math.Min(worst.GetValueOrDefault(names[d], 1), Correlation(ours, theirs));
            }
        }

        worst.Count.ShouldBe(65);
        foreach (var (name, r) in worst)
        {
            r.ShouldBeGreaterThan(Set.DescriptorNames.Take(6).Contains(name) ? 0.98 : 0.9999, name);
        }
    }

    [OpenSmileFact]
    public void Functionals_agree_with_the_reference()
    {
        var (names, rows) = Read(Path.Combine(OpenSmileReference.Folder!, "compare2016_functionals_emodb.csv.gz"), "03", "08");
        names.ShouldBe(Set.Describe().Select(d => d.Name));
        var ours = rows.Keys.Select(file => Set.Extract(OpenSmileReference.Wave(file)).Values).ToArray();
        var good = Enumerable.Range(0, names.Length)
            .Count(v => Correlation([.. ours.Select(o => (double)o[v])], [.. rows.Values.Select(r => r[v])]) >= 0.9);
        ((double)good / names.Length).ShouldBeGreaterThan(0.985);
    }

    private static int Index(string name) => Set.DescriptorNames.ToList().IndexOf(name);

    private static (string[] Names, List<double[]> Rows) Read(string path)
    {
        var lines = Lines(path).ToList();
        return (lines[0].Split(';')[2..], [.. lines.Skip(1).Select(Values)]);
    }

    /// <summary>The rows of speakers, of every ninth file.</summary>
    private static (string[] Names, Dictionary<string, double[]> Rows) Read(string path, params string[] speakers)
    {
        var lines = Lines(path).ToList();
        var rows = lines.Skip(1)
            .Where(l => speakers.Any(s => l.StartsWith(s, StringComparison.Ordinal)))
            .Where((_, i) => i % 9 == 0)
            .ToDictionary(l => Path.GetFileNameWithoutExtension(l[..l.IndexOf(';')]), Values);
        return (lines[0].Split(';')[2..], rows);
    }

    private static IEnumerable<string> Lines(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    private static double[] Values(string line) => [.. line.Split(';').Skip(2).Select(v => double.Parse(v, CultureInfo.InvariantCulture))];

    private static double Correlation(double[] x, double[] y)
    {
        var (mx, my) = (x.Average(), y.Average());
        var (xy, xx, yy) = (0.0, 0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            xy += (x[i] - mx) * (y[i] - my);
            xx += (x[i] - mx) * (x[i] - mx);
            yy += (y[i] - my) * (y[i] - my);
        }

        return yy == 0 ? (xx == 0 ? 1 : 0) : xy / Math.Sqrt(Math.Max(xx * yy, double.Epsilon));
    }
}
