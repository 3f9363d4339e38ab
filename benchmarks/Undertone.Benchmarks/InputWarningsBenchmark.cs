using System.Globalization;
using System.Text;
using Undertone.Emotions;
using Undertone.Preprocessing.InputChecks;
using Undertone.Speech;
using Undertone.Systems;

namespace Undertone.Benchmarks;

/// <summary>
/// How often the default model warns that a recording is unlike its training recordings: on corpora as they were recorded, and
/// on recordings of its own corpus that were spoilt in a known way. The table goes to the screen, and into a file where
/// <c>--output</c> names one.
/// </summary>
internal static class InputWarningsBenchmark
{
    private const int Every = 4;
    private const int Rate = Waveform.StandardRate;

    private static readonly (string Name, Func<Waveform, int, Waveform> Change)[] Changes =
    [
        ("over a telephone line", (w, _) => TelephoneLine.Transmit(w)),
        ("at 8000 samples a second", (w, _) => Resampler.Resample(Resampler.Resample(w, 8000), Rate)),
        ("in white noise at 0 dB", (w, i) => Noisy(w, NoiseKind.White, 0, i)),
        ("in white noise at 10 dB", (w, i) => Noisy(w, NoiseKind.White, 10, i)),
        ("in pink noise at 0 dB", (w, i) => Noisy(w, NoiseKind.Pink, 0, i)),
        ("in babble at 0 dB", (w, i) => Noisy(w, NoiseKind.Babble, 0, i)),
        ("60 dB quieter", (w, _) => Scaled(w, 0.001f)),
        ("clipped 12 dB below its peak", (w, _) => Clipped(w, 12)),
        ("its middle 100 ms", (w, _) => w with { Samples = w.Samples[(w.Samples.Length / 2)..][..(Rate / 10)] }),
        ("repeated for a minute", (w, _) => w with { Samples = [.. Enumerable.Range(0, 60 * Rate).Select(i => w.Samples[i % w.Samples.Length])] }),
        ("silence in its place", (w, _) => w with { Samples = new float[w.Samples.Length] }),
    ];

    public static void Run(BenchmarkOptions options)
    {
        if (options.Corpora is null)
        {
            throw new UndertoneException("warnings measures on corpora; expected --corpora DIR (or UNDERTONE_CORPORA) with the folders emodb, ravdess and urdu in it.");
        }

        var model = ModelDescription.Read(DefaultModel.Folder);
        var ranges = model.Inputs ?? throw new UndertoneException("the default model does not say what its recordings are like; train it again with scripts/default-model.sh.");
        var settings = SettingsJson.Read(SystemCatalog.Default.Get(model.System).Defaults, model.Settings);
        IReadOnlyList<InputWarning> Check(Waveform w) => InputCheck.Warnings(ranges, w, settings.Preprocessing);

        var page = new StringBuilder();
        page.Append("# When the default model warns\n\n");
        page.Append("Recordings, in per cent, of which `models/default` says that they are unlike those it was trained on: any warning, then each. ");
        page.Append("It was trained on the utterances of `emodb` that have one of its four emotions; the other corpora were recorded otherwise, and the rest is ");
        page.Append(CultureInfo.InvariantCulture, $"every {Every}th recording of `emodb`, spoilt on purpose. Where a recording is too short or no speech is found in it, nothing more is said.\n\n");
        page.Append("Written by `dotnet run -c Release --project benchmarks/Undertone.Benchmarks -- warnings --output docs/results/input-warnings.md`.\n\n");
        page.Append("| recordings | number | any |").Append(string.Concat(InputMeasure.All.Select(m => $" {m.Name} |"))).Append('\n');
        page.Append("|---|---:|---:|").Append(string.Concat(InputMeasure.All.Select(_ => "---:|"))).Append('\n');
        foreach (var corpus in new[] { "emodb", "ravdess", "urdu" })
        {
            page.Append(Row($"`{corpus}` as recorded", Files(options.Corpora, corpus).Select(f => Check(AudioFile.Read(f)))));
        }

        List<Waveform> own = [.. Files(options.Corpora, "emodb").Where((_, i) => i % Every == 0).Select(AudioFile.Read)];
        foreach (var (name, change) in Changes)
        {
            page.Append(Row($"`emodb` {name}", own.Select((w, i) => Check(change(w, i)))));
        }

        Console.Write(page);
        if (options.Output is { } output)
        {
            File.WriteAllText(output, page.ToString());
        }
    }

    private static IEnumerable<string> Files(string corpora, string corpus)
    {
        var folder = Path.Combine(corpora, corpus);
        return Directory.Exists(folder)
            ? Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(AudioFile.HasAudioExtension).Order(StringComparer.Ordinal)
            : throw new UndertoneException($"warnings measures on EMO-DB, RAVDESS and URDU, and there is no folder '{folder}'.");
    }

    private static string Row(string name, IEnumerable<IReadOnlyList<InputWarning>> checkedRecordings)
    {
        var all = checkedRecordings.ToList();
        string Share(Func<IReadOnlyList<InputWarning>, bool> has) => string.Create(CultureInfo.InvariantCulture, $" {100.0 * all.Count(has) / all.Count:F1} |");
        return string.Create(CultureInfo.InvariantCulture, $"| {name} | {all.Count} |")
            + Share(w => w.Count > 0) + string.Concat(InputMeasure.All.Select(m => Share(w => w.Any(x => x.Measure == m.Name)))) + "\n";
    }

    private static Waveform Noisy(Waveform speech, NoiseKind kind, double snr, int index) =>
        Noise.Mix(speech, Noise.Make(kind, speech.Samples.Length, Rate, SeededRandom.From("warnings", kind.ToString(), index)), snr);

    private static Waveform Scaled(Waveform waveform, float gain) => waveform with { Samples = Array.ConvertAll(waveform.Samples, s => s * gain) };

    private static Waveform Clipped(Waveform waveform, double decibels)
    {
        var limit = waveform.Samples.Max(Math.Abs) * (float)Math.Pow(10, -decibels / 20);
        return waveform with { Samples = Array.ConvertAll(waveform.Samples, s => Math.Clamp(s, -limit, limit)) };
    }
}
