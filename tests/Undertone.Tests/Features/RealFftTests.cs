using MathNet.Numerics.IntegralTransforms;
using Undertone.Features;

namespace Undertone.Tests.Features;

public sealed class RealFftTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(9)]
    [InlineData(14)]
    [InlineData(15)]
    [InlineData(22)]
    [InlineData(49)]
    [InlineData(97)]
    [InlineData(120)]
    [InlineData(128)]
    [InlineData(200)]
    [InlineData(240)]
    [InlineData(400)]
    [InlineData(441)]
    [InlineData(512)]
    public void Any_length_follows_the_definition(int length)
    {
        var values = Noise(length);
        var (real, imaginary) = Transform(values);

        for (var k = 0; k <= length / 2; k++)
        {
            double re = 0, im = 0;
            for (var n = 0; n < length; n++)
            {
                var (sin, cos) = Math.SinCos(-2 * Math.PI * k * n / length);
                re += values[n] * cos;
                im += values[n] * sin;
            }

            ((double)real[k]).ShouldBe(re, 2e-6 * Math.Sqrt(length) * Math.Log2(length + 1));
            ((double)imaginary[k]).ShouldBe(im, 2e-6 * Math.Sqrt(length) * Math.Log2(length + 1));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(15)]
    [InlineData(22)]
    [InlineData(97)]
    [InlineData(400)]
    [InlineData(512)]
    [InlineData(2048)]
    public void The_inverse_gives_back_what_was_transformed(int length)
    {
        var values = Noise(length);
        var (real, imaginary) = Transform(values);
        var back = new float[length];
        new RealFft(length).Inverse(real, imaginary, back);
        for (var n = 0; n < length; n++)
        {
            back[n].ShouldBe(values[n], 1e-5f);
        }

        Should.Throw<ArgumentException>(() => new RealFft(length).Inverse(real, imaginary, new float[length + 1]));
    }

    [Theory]
    [InlineData(1024)]
    [InlineData(1200)]
    [InlineData(2048)]
    [InlineData(2187)]
    [InlineData(4410)]
    public void Longer_transforms_agree_with_MathNet(int length)
    {
        var values = Noise(length);
        var (real, imaginary) = Transform(values);
        var expected = values.Select(v => new System.Numerics.Complex(v, 0)).ToArray();
        Fourier.Forward(expected, FourierOptions.NoScaling);

        for (var k = 0; k <= length / 2; k++)
        {
            ((double)real[k]).ShouldBe(expected[k].Real, 1e-4);
            ((double)imaginary[k]).ShouldBe(expected[k].Imaginary, 1e-4);
        }
    }

    [Fact]
    public void Impossible_sizes_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new RealFft(0));
        Should.Throw<ArgumentException>(() => new RealFft(8).Forward(new float[8], new float[4], new float[5]));
        Should.Throw<ArgumentException>(() => new RealFft(8).Forward(new float[7], new float[5], new float[5]));
    }

    private static float[] Noise(int length)
    {
        var random = new Random(length);
        return [.. Enumerable.Range(0, length).Select(_ => (random.NextSingle() * 2) - 1)];
    }

    private static (float[] Real, float[] Imaginary) Transform(float[] values)
    {
        var fft = new RealFft(values.Length);
        var (real, imaginary) = (new float[fft.Bins], new float[fft.Bins]);
        fft.Forward(values, real, imaginary);
        return (real, imaginary);
    }
}
