using Undertone.Models.Networks;
using Undertone.Torch;

namespace Undertone.Tests.Models;

/// <summary>Blocks of published networks, with values that can be said by hand.</summary>
[Collection("engine")]
public sealed class PublishedBlockTests
{
    [Fact]
    public void TheLastStateIsThatOfTheLastValidStep()
    {
        using var scope = new DisposeScope();
        var states = Tensor.From([1f, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 2, 3, 2);

        LastState.Of(states, [1, 3]).ToArray<float>().ShouldBe([1, 2, 11, 12]);
    }

    /// <summary>
    /// Without weights every place has the same sum of both paths' biases: 0 adds half of a value to it, ln 3 three quarters.
    /// A bias that only one channel has changes that channel alone.
    /// </summary>
    [Fact]
    public void AttentionAddsTheShareThatBothPathsTogetherGive()
    {
        using var scope = new DisposeScope();
        using var noGrad = new NoGrad();
        using var attention = new ChannelSpatialAttention(channels: 2, reduction: 1, dilation: 2);
        foreach (var parameter in attention.Parameters())
        {
            parameter.Fill(0);
        }

        var x = Tensor.From([1f, -2, 3, 4, 5, 6, -7, 8], 1, 2, 2, 2);
        attention.Forward(x).ToArray<float>().ShouldBe([1.5f, -3, 4.5f, 6, 7.5f, 9, -10.5f, 12]);

        var bias = attention.NamedParameters().Single(p => p.Name == "excite.bias").Parameter;
        bias.Narrow(0, 1, 1).Fill(Math.Log(3));
        var weighed = attention.Forward(x).ToArray<float>();
        weighed.Take(4).ShouldBe([1.5f, -3, 4.5f, 6]);
        weighed[4].ShouldBe(5 * 1.75f, 1e-5f);

        attention.NamedParameters().Single(p => p.Name == "place.bias").Parameter.Fill(-Math.Log(3));
        var both = attention.Forward(x).ToArray<float>();
        both[0].ShouldBe(1.25f, 1e-5f);
        both[4].ShouldBe(7.5f, 1e-5f);
    }

    /// <summary>What lies dilation steps away, and nothing nearer but the middle, decides how a place is weighed.</summary>
    [Fact]
    public void ThePlacesThatAreSeenLieApart()
    {
        using var scope = new DisposeScope();
        using var noGrad = new NoGrad();
        Engine.ManualSeed(3);
        using var attention = new ChannelSpatialAttention(channels: 4, reduction: 1, dilation: 4);
        attention.NamedParameters().Single(p => p.Name == "excite.weight").Parameter.Fill(0);
        foreach (var (_, parameter) in attention.NamedParameters().Where(p => !p.Name.StartsWith("squeeze", StringComparison.Ordinal) && p.Name != "excite.weight"))
        {
            parameter.Fill(0.1);
        }

        var x = Tensor.Ones([1, 4, 1, 16]);
        var before = attention.Forward(x).ToArray<float>();
        var changed = Tensor.Ones([1, 4, 1, 16]);
        changed.Narrow(3, 0, 1).Fill(3);
        var after = attention.Forward(changed).ToArray<float>();

        // Two kernels reach 4 + 4 steps: places 4 and 8 see the first one, others do not.
        foreach (var place in Enumerable.Range(1, 15))
        {
            (Math.Abs(after[place] - before[place]) > 1e-6f).ShouldBe(place is 4 or 8, $"place {place}");
        }
    }
}
