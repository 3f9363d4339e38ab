using Undertone.Augmentation;
using Undertone.Corpora;
using Undertone.Features;
using Undertone.Preprocessing;
using Undertone.Speech;
using Undertone.Tests.Corpora;
using Undertone.Training;

namespace Undertone.Tests.Training;

/// <summary>Copies of training utterances, as both deep and traditional systems get them.</summary>
public sealed class TrainingCopiesTests
{
    private static readonly WaveformAugmentationSettings Noisy = new() { Copies = 2, Noise = new AdditiveNoise() };

    [Fact]
    public void Copies_come_after_the_utterances_and_speeds_and_are_the_same_cached_or_not()
    {
        using var folder = new TemporaryFolder();
        var train = Utterances(folder.Path);
        var variants = Fit(train, new FeatureCache(null));
        variants.Count.ShouldBe(4);
        variants.ShouldAllBe(v => v.Length == train.Count);
        variants.Skip(1).ShouldAllBe(v => !v[0].Values.SequenceEqual(variants[0][0].Values));
        variants[2][0].Values.ShouldNotBe(variants[3][0].Values);
        var cache = new FeatureCache(Path.Combine(folder.Path, "cache"));
        foreach (var same in new[] { Fit(train, cache), Fit(train, cache) })
        {
            for (var v = 0; v < variants.Count; v++)
            {
                for (var i = 0; i < train.Count; i++)
                {
                    same[v][i].Values.ShouldBe(variants[v][i].Values);
                }
            }
        }

        Fit(train, cache, seed: 1)[2][0].Values.ShouldNotBe(variants[2][0].Values);
    }

    [Fact]
    public void Statistics_cover_the_copies_but_not_other_speeds()
    {
        using var folder = new TemporaryFolder();
        var train = Utterances(folder.Path);
        var cache = new FeatureCache(null);
        FeatureScaler Scaler(double[] speeds, WaveformAugmentationSettings? augmentation)
        {
            var preparation = Preparation();
            preparation.FitTraining(train, cache, speeds, augmentation, 0);
            return preparation.Scaler!;
        }

        var plain = Scaler([], null).ToJson();
        Scaler([1.1], null).ToJson().ShouldBe(plain);
        Scaler([], Noisy).ToJson().ShouldNotBe(plain);
        var variants = Fit(train, cache);
        var all = variants[0].Concat(variants[2]).Concat(variants[3]).ToList();
        all.SelectMany(v => v.Values.Where((_, i) => i % v.Dimensions == 0)).Average().ShouldBe(0, 1e-3);
    }

    [Fact]
    public void A_noisy_condition_is_heard_in_prediction_alone()
    {
        using var folder = new TemporaryFolder();
        var train = Utterances(folder.Path);
        var cache = new FeatureCache(Path.Combine(folder.Path, "cache"));
        var quiet = Preparation(Normalisation.None);
        var noisy = Preparation(Normalisation.None, new PreprocessingSettings { AddNoise = new AddedNoise() });
        noisy.FitTraining(train, cache, [], null, 0)[0][0].Values.ShouldBe(quiet.FitTraining(train, cache, [], null, 0)[0][0].Values);
        noisy.Extract(train, cache)[0].Values.ShouldNotBe(quiet.Extract(train, cache)[0].Values);
    }

    private static IReadOnlyList<FeatureMatrix[]> Fit(IReadOnlyList<Utterance> train, FeatureCache cache, int seed = 0) =>
        Preparation().FitTraining(train, cache, [1.1], Noisy, seed);

    private static FeaturePreparation Preparation(Normalisation normalisation = Normalisation.Global, PreprocessingSettings? preprocessing = null) =>
        new(new LogMel(new LogMelOptions()), normalisation, preprocessing);

    private static List<Utterance> Utterances(string folder) => [.. Enumerable.Range(0, 4).Select(i =>
    {
        var audio = DemoVoice.Speak(DemoSpeaker.All[i], "neutral", i).Waveform;
        var path = Path.Combine(folder, $"{i}.wav");
        WaveFile.Write(path, audio);
        return new Utterance("c", $"{i}", path, $"s{i % 2}", "neutral") { AudioHash = AudioHash.Of(AudioFile.Read(path)) };
    })];
}
