using System.Globalization;
using System.Text;
using Undertone.Preprocessing.NoiseReduction;
using Undertone.Speech;

namespace Undertone.Benchmarks;

/// <summary>
/// What noise reduction gains on real speech: segmental signal-to-noise ratio before and after, with noise of three kinds
/// mixed in at four ratios. Babble is made of other utterances of the corpus. The table goes to the screen, and into a file
/// where <c>--output</c> names one.
/// </summary>
internal static class DenoiseBenchmark
{
    private const int Every = 8;
    private const int Talkers = 6;

    private static readonly double[] Ratios = [0, 5, 10, 20];
    private static readonly NoiseKind[] Kinds = [NoiseKind.White, NoiseKind.Pink, NoiseKind.Babble];

    private static readonly (string Name, Func<Waveform, Waveform> Reduce)[] Methods =
    [
        ("spectral gate", w => SpectralGating.Apply(w)),
        ("MMSE-LSA", w => MmseLsa.Apply(w)),
    ];

    public static void Run(BenchmarkOptions options)
    {
        var folder = options.Corpora is null ? null : Path.Combine(options.Corpora, "emodb");
        if (!Directory.Exists(folder))
        {
            throw new UndertoneException("denoise measures on EMO-DB; expected --corpora DIR (or UNDERTONE_CORPORA) with a folder emodb in it.");
        }

        List<Waveform> all = [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .Where(AudioFile.HasAudioExtension).Order(StringComparer.Ordinal).Select(AudioFile.Read)];
        var page = new StringBuilder();
        page.Append("# Noise reduction on speech in noise\n\n");
        page.Append(CultureInfo.InvariantCulture, $"Every {Every}th recording of EMO-DB ({(all.Count + Every - 1) / Every} of {all.Count}) with noise mixed in at a ratio over the whole recording. ");
        page.Append("Numbers are segmental signal-to-noise ratios against the clean recording in dB, means over recordings, frames of 30 ms limited to -10 to 35 dB ");
        page.Append("([`SegmentalSnr.cs`](../../src/Undertone/Preprocessing/NoiseReduction/SegmentalSnr.cs)); in brackets what is gained over the noisy recording. ");
        page.Append(CultureInfo.InvariantCulture, $"Babble is {Talkers} other recordings at once. The last row is of the recordings without any noise added: what a method spoils.\n\n");
        page.Append("Written by `dotnet run -c Release --project benchmarks/Undertone.Benchmarks -- denoise --output docs/results/noise-reduction.md`.\n\n");
        page.Append("| noise | SNR | noisy |").Append(string.Concat(Methods.Select(m => $" {m.Name} |"))).Append('\n');
        page.Append("|---|---:|---:|").Append(string.Concat(Methods.Select(_ => "---:|"))).Append('\n');
        foreach (var kind in Kinds)
        {
            foreach (var ratio in Ratios)
            {
                page.Append(Row(kind.ToString().ToLowerInvariant(), Text(ratio), all, (i, clean) => Noise.Mix(clean, Disturbance(kind, i, all), ratio)));
            }
        }

        page.Append(Row("none", "", all, (_, clean) => clean));
        Console.Write(page);
        if (options.Output is { } output)
        {
            File.WriteAllText(output, page.ToString());
        }
    }

    private static float[] Disturbance(NoiseKind kind, int index, List<Waveform> all)
    {
        var random = SeededRandom.From("denoise", kind.ToString(), index);
        var length = all[index].Samples.Length;
        return kind == NoiseKind.Babble
            ? Noise.Babble([.. Enumerable.Range(0, Talkers).Select(_ => all[(index + 1 + random.NextInt(all.Count - 1)) % all.Count])], length, random)
            : Noise.Make(kind, length, Waveform.StandardRate, random);
    }

    private static string Row(string noise, string ratio, List<Waveform> all, Func<int, Waveform, Waveform> disturb)
    {
        var before = new List<double>();
        var after = Methods.Select(_ => new List<double>()).ToArray();
        for (var i = 0; i < all.Count; i += Every)
        {
            var noisy = disturb(i, all[i]);
            before.Add(SegmentalSnr.Of(all[i], noisy));
            for (var m = 0; m < Methods.Length; m++)
            {
                after[m].Add(SegmentalSnr.Of(all[i], Methods[m].Reduce(noisy)));
            }
        }

        var cells = after.Select(a => string.Create(CultureInfo.InvariantCulture, $" {a.Average():F1} ({a.Average() - before.Average():+0.0;-0.0}) |"));
        return string.Create(CultureInfo.InvariantCulture, $"| {noise} | {ratio} | {before.Average():F1} |") + string.Concat(cells) + "\n";
    }

    private static string Text(double ratio) => ratio.ToString(CultureInfo.InvariantCulture);
}
