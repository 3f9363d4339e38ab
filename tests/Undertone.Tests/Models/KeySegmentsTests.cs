using Undertone.Models.Networks;
using Undertone.Torch;

namespace Undertone.Tests.Models;

[Collection("engine")]
public sealed class KeySegmentsTests
{
    [Fact]
    public void SegmentsCoverTheUtteranceAndHoldNoPadding()
    {
        var segments = FrameSegments.Every([5, 10, 12], 5, 3);

        segments.Starts.ShouldBe([[0], [0, 3, 5], [0, 3, 6, 7]]);
        segments.Total.ShouldBe(8);
        Should.Throw<ArgumentOutOfRangeException>(() => FrameSegments.Every([4], 5, 3));
    }

    [Fact]
    public void WhatBecameOfSegmentsGoesBackToItsUtterance()
    {
        using var scope = new DisposeScope();
        var features = Tensor.Arange(2 * 6).To(ScalarType.Float32).View(2, 6, 1);
        var segments = FrameSegments.Every([3, 6], 3, 2);
        var cut = segments.Cut(features);

        cut.Shape.ShouldBe([4, 3, 1]);
        cut.ToArray<float>().ShouldBe([0, 1, 2, 6, 7, 8, 8, 9, 10, 9, 10, 11]);
        segments.Sequences(cut.Select(1, 0)).Squeeze().ToArray<float>().ShouldBe([0, 0, 0, 6, 8, 9]);
    }

    /// <summary>Two kinds of segments, in each of which one lies in the middle of its like.</summary>
    [Fact]
    public void OfEachClusterTheMiddleIsKept()
    {
        float[][] vectors = [[0, 1], [0, 0], [0, -1], [9, 8], [9, 9], [9, 10]];

        KeySegments.Choose(vectors, 2).ShouldBe([1, 4]);
        KeySegments.Choose(vectors, 6).ShouldBe([0, 1, 2, 3, 4, 5]);
        KeySegments.Choose([[1, 1], [1, 1], [1, 1]], 2).ShouldBe([0]);
    }
}
