using Undertone.Features;
using Undertone.Speech;
using Undertone.Tests.Speech;

namespace Undertone.Tests.Features;

public sealed class FeatureCacheTests : IDisposable
{
    private static readonly LogMel Extractor = new(new LogMelOptions());

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_entry_is_computed_once_and_comes_back_bit_by_bit()
    {
        var computed = 0;
        var first = Get(new FeatureCache(_folder["cache"]), ref computed);
        var second = Get(new FeatureCache(_folder["cache"]), ref computed);

        computed.ShouldBe(1);
        second.Values.ShouldBe(first.Values);
        (second.Frames, second.Dimensions).ShouldBe((first.Frames, first.Dimensions));
        Directory.GetFiles(_folder["cache"], "*.tmp", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public void Other_settings_and_other_audio_are_other_entries()
    {
        var cache = new FeatureCache(_folder["cache"]);
        cache.Get(Extractor, "a", () => ReferenceData.Signal);
        cache.Get(new LogMel(new LogMelOptions { Bands = 65 }), "a", () => ReferenceData.Signal).Dimensions.ShouldBe(65);
        cache.Get(Extractor, "b", () => ReferenceData.Signal);
        Directory.GetFiles(_folder["cache"], "*.features", SearchOption.AllDirectories).Length.ShouldBe(3);
    }

    [Fact]
    public void No_folder_or_no_hash_keeps_nothing()
    {
        var computed = 0;
        Get(new FeatureCache(null), ref computed);
        Get(new FeatureCache(null), ref computed);
        new FeatureCache(_folder["cache"]).Get(Extractor, "", () => ReferenceData.Signal);
        computed.ShouldBe(2);
        Directory.Exists(_folder["cache"]).ShouldBeFalse();
    }

    [Fact]
    public void Any_damage_is_seen_and_mended()
    {
        var computed = 0;
        var good = Get(new FeatureCache(_folder["cache"]), ref computed);
        var path = Directory.GetFiles(_folder["cache"], "*.features", SearchOption.AllDirectories).Single();
        var bytes = File.ReadAllBytes(path);
        foreach (var at in (int[])[0, 7, 8, 11, 12, 16, 48, 80, bytes.Length - 1])
        {
            var damaged = (byte[])bytes.Clone();
            damaged[at] ^= 0x41;
            Mended(damaged);
        }

        Mended([]);
        Mended(bytes[..40]);
        Mended(bytes[..^1]);
        Mended([.. bytes, 0]);

        void Mended(byte[] damaged)
        {
            File.WriteAllBytes(path, damaged);
            var before = computed;
            Get(new FeatureCache(_folder["cache"]), ref computed).Values.ShouldBe(good.Values);
            computed.ShouldBe(before + 1);
            File.ReadAllBytes(path).ShouldBe(bytes);
        }
    }

    [Fact]
    public void An_unwritable_folder_is_said_once_and_stops_nothing()
    {
        // A file in the folder's place cannot be written into, not even by root.
        _folder.Write("cache", [1]);
        var warnings = new List<string>();
        var cache = new FeatureCache(_folder["cache"]) { OnWarning = warnings.Add };
        var computed = 0;
        Get(cache, ref computed).Frames.ShouldBeGreaterThan(0);
        Get(cache, ref computed).Frames.ShouldBeGreaterThan(0);

        computed.ShouldBe(2);
        warnings.ShouldHaveSingleItem().ShouldContain(_folder["cache"]);
    }

    [Fact]
    public void Many_at_once_agree()
    {
        var expected = Extractor.Extract(ReferenceData.Signal).Values;
        Parallel.For(0, 40, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
            new FeatureCache(_folder["cache"]) { OnWarning = w => throw new InvalidOperationException(w) }
                .Get(Extractor, $"{i % 3}", () => ReferenceData.Signal).Values.ShouldBe(expected));
    }

    private static FeatureMatrix Get(FeatureCache cache, ref int computed)
    {
        var count = 0;
        var features = cache.Get(Extractor, "hash", () =>
        {
            count++;
            return ReferenceData.Signal;
        });
        computed += count;
        return features;
    }
}
