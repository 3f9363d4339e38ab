using System.Runtime.Intrinsics;
using Undertone.Torch.Kernels;

namespace Undertone.Torch.Tests.Kernels;

public class VectorMathTests
{
    [Fact]
    public void Functions_agree_with_double_precision()
    {
        for (var x = -80.0; x < 80; x += 0.0137)
        {
            var value = (float)x;
            var at = Vector512.Create(value);
            ((double)VectorMath.Exp(at)[0]).ShouldBe(Math.Exp(value), Math.Exp(value) * 3e-7);
            ((double)VectorMath.Sigmoid(at)[3]).ShouldBe(1 / (1 + Math.Exp(-value)), 2e-7);
            ((double)VectorMath.Tanh(at)[7]).ShouldBe(Math.Tanh(value), 3e-7);
        }

        VectorMath.Exp(Vector512.Create(-1000f))[0].ShouldBe(0f, 1e-37f);
        float.IsFinite(VectorMath.Exp(Vector512.Create(1000f))[0]).ShouldBeTrue();
    }
}
