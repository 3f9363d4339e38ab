using System.Numerics;
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
            var (wide, own) = (Vector512.Create(value), new Vector<float>(value));
            ((double)VectorMath.Exp(wide)[0]).ShouldBe(Math.Exp(value), Math.Exp(value) * 3e-7);
            ((double)VectorMath.Sigmoid(wide)[3]).ShouldBe(1 / (1 + Math.Exp(-value)), 2e-7);
            ((double)VectorMath.Tanh(wide)[7]).ShouldBe(Math.Tanh(value), 3e-7);

            // The other width gives the same bits.
            VectorMath.Exp(own)[0].ShouldBe(VectorMath.Exp(wide)[0]);
            VectorMath.Sigmoid(own)[1].ShouldBe(VectorMath.Sigmoid(wide)[3]);
            VectorMath.Tanh(own)[2].ShouldBe(VectorMath.Tanh(wide)[7]);
        }

        VectorMath.Exp(Vector512.Create(-1000f))[0].ShouldBe(0f, 1e-37f);
        float.IsFinite(VectorMath.Exp(Vector512.Create(1000f))[0]).ShouldBeTrue();
        VectorMath.Exp(new Vector<float>(-1000f))[0].ShouldBe(0f, 1e-37f);
        float.IsFinite(VectorMath.Exp(new Vector<float>(1000f))[0]).ShouldBeTrue();
        float.IsNaN(VectorMath.Sigmoid(Vector512.Create(float.NaN))[0]).ShouldBeTrue();
        float.IsNaN(VectorMath.Sigmoid(new Vector<float>(float.NaN))[0]).ShouldBeTrue();
    }
}
