using System.Runtime.CompilerServices;

namespace Undertone.Torch.Tests;

/// <summary>Counts of live tensors are of the whole process: these tests run alone.</summary>
[CollectionDefinition("alone", DisableParallelization = true)]
public sealed class Alone;

[Collection("alone")]
public sealed class LifetimeTests
{
    [Fact]
    public void ScopesFreeWhatWasMadeInThem()
    {
        var before = Settled();
        Tensor kept, moved;
        using (var outer = new DisposeScope())
        {
            using (var inner = new DisposeScope())
            {
                var x = Tensor.Zeros(3) + 1;
                kept = inner.Keep(x * 2);
                moved = inner.MoveToOuter(x * 3);
                x.Dispose();
                x.Dispose();
                inner.Count.ShouldBe(1);
                Tensor.LiveCount.ShouldBe(before + 3);
            }

            moved.ToArray<float>().ShouldBe([3, 3, 3]);
            outer.Count.ShouldBe(1);
        }

        Should.Throw<ObjectDisposedException>(() => moved.Sum()).Message.ShouldContain("MoveToOuter");
        kept.ToArray<float>().ShouldBe([2, 2, 2]);
        kept.Dispose();
        Tensor.LiveCount.ShouldBe(before);
    }

    [Fact]
    public void AnInnerScopeLeftOpenIsClosedWithItsOuter()
    {
        var before = Settled();
        using (new DisposeScope())
        {
            _ = new DisposeScope();
            _ = Tensor.Zeros(2);
        }

        DisposeScope.Current.ShouldBeNull();
        Tensor.LiveCount.ShouldBe(before);
    }

    [Fact]
    public void AScopeIsClosedByItsOwnThread()
    {
        using var scope = new DisposeScope();
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(scope.Dispose));
        thread.Start();
        thread.Join();
        failure.ShouldBeOfType<InvalidOperationException>();
    }

    [Fact]
    public void TensorsOutsideEveryScopeAreCollected()
    {
        var before = Settled();
        Forget();
        Settled().ShouldBe(before);
    }

    [Fact]
    public void ThreadsComputeSideBySide()
    {
        var before = Settled();
        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i =>
        {
            using var scope = new DisposeScope();
            for (var n = 0; n < 200; n++)
            {
                using var step = new DisposeScope();
                var x = Tensor.Full([8], i).WithGrad();
                (x * x).Sum().Backward();
                x.Grad!.ToArray<float>().ShouldAllBe(v => v == 2 * i);
            }
        });
        Tensor.LiveCount.ShouldBe(before);
    }

    /// <summary>The live count once the collector has freed what nobody holds.</summary>
    internal static long Settled()
    {
        for (var i = 0; i < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return Tensor.LiveCount;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Forget()
    {
        for (var i = 0; i < 10; i++)
        {
            _ = Tensor.Zeros(1 << 16) + 1;
        }
    }
}
