using Undertone.Augmentation;
using Undertone.Features;

namespace Undertone.Tests.Augmentation;

public class MixupTests
{
    [Fact]
    public void TheShorterSequenceCountsAsZeroBeyondItsEnd()
    {
        var mixed = Mixup.Mix(new FeatureMatrix([1, 2], 1, 2), new FeatureMatrix([10, 20, 30, 40], 2, 2), 0.75);

        mixed.Frames.ShouldBe(2);
        mixed.Values.ShouldBe([0.75f + 2.5f, 1.5f + 5, 7.5f, 10]);
    }

    [Fact]
    public void HalfTheBatchesAreMixedAndWeightsFollowTheBetaDistribution()
    {
        var random = new SeededRandom(11);
        var mixup = new Mixup(0.2);
        var draws = Enumerable.Range(0, 4000).Select(_ => mixup.Draw(6, random)).ToList();
        var weights = draws.Where(d => d is not null).Select(d => d!.Value.Weight).ToList();

        ((double)weights.Count / draws.Count).ShouldBe(0.5, 0.03);
        weights.ShouldAllBe(w => w >= 0.5 && w <= 1);
        // Beta(a, a) has the variance 1 / (4 (2a + 1)); folding at one half keeps squared distances from it.
        weights.Average(w => (w - 0.5) * (w - 0.5)).ShouldBe(1 / (4 * 1.4), 0.006);
        draws.First(d => d is not null)!.Value.Partners.Order().ShouldBe(Enumerable.Range(0, 6));
    }
}
