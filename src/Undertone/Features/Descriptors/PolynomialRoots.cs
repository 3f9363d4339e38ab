using System.Numerics;

namespace Undertone.Features.Descriptors;

/// <summary>
/// Roots of real polynomials by Laguerre's method with deflation: started at 0 it finds small roots first, which keeps
/// deflation accurate (Press et al., Numerical Recipes, 3rd edition, 2007, section 9.5).
/// </summary>
internal static class PolynomialRoots
{
    private const int MaximumSteps = 60;

    // Steps of these lengths now and then leave the rare cycles of the iteration.
    private static readonly double[] CycleBreakers = [0.5, 0.25, 0.75, 0.13, 0.38, 0.62, 0.88];

    /// <summary>Finds the complex roots above the real axis; their conjugates and the real roots are not listed.</summary>
    /// <param name="coefficients">c[0]·zⁿ + c[1]·zⁿ⁻¹ + … + c[n], c[0] not 0. Overwritten.</param>
    /// <param name="roots">Receives the roots: room for ⌊n / 2⌋.</param>
    /// <returns>How many were found.</returns>
    public static int Upper(Span<double> coefficients, Span<Complex> roots)
    {
        var found = 0;
        var degree = coefficients.Length - 1;
        while (degree > 0 && coefficients[degree] == 0)
        {
            degree--;
        }

        while (degree > 2)
        {
            var (x, y) = Laguerre(coefficients[..(degree + 1)]);
            if (Math.Abs(y) <= 1e-9 * (1 + Math.Abs(x)))
            {
                DivideLinear(coefficients[..(degree + 1)], x);
                degree--;
                continue;
            }

            roots[found++] = new Complex(x, Math.Abs(y));
            DivideQuadratic(coefficients[..(degree + 1)], -2 * x, (x * x) + (y * y));
            degree -= 2;
        }

        if (degree == 2)
        {
            var (half, constant) = (coefficients[1] / coefficients[0] / 2, coefficients[2] / coefficients[0]);
            var discriminant = (half * half) - constant;
            if (discriminant < 0)
            {
                roots[found++] = new Complex(-half, Math.Sqrt(-discriminant));
            }
        }

        return found;
    }

    private static (double Real, double Imaginary) Laguerre(ReadOnlySpan<double> c)
    {
        var n = c.Length - 1;
        var (x, y) = (0.0, 0.0);
        for (var step = 1; step <= MaximumSteps; step++)
        {
            // The polynomial, its derivative and half its second derivative, by Horner's rule.
            double br = c[0], bi = 0, dr = 0, di = 0, fr = 0, fi = 0;
            var error = Math.Abs(br);
            var size = Math.Sqrt((x * x) + (y * y));
            for (var i = 1; i <= n; i++)
            {
                (fr, fi) = (Math.FusedMultiplyAdd(fr, x, dr) - (fi * y), Math.FusedMultiplyAdd(fr, y, di) + (fi * x));
                (dr, di) = (Math.FusedMultiplyAdd(dr, x, br) - (di * y), Math.FusedMultiplyAdd(dr, y, bi) + (di * x));
                (br, bi) = (Math.FusedMultiplyAdd(br, x, c[i]) - (bi * y), (br * y) + (bi * x));
                error = Math.Abs(br) + Math.Abs(bi) + (size * error);
            }

            if (Math.Abs(br) + Math.Abs(bi) <= error * 1e-15)
            {
                break;
            }

            var b = new Complex(br, bi);
            var g = new Complex(dr, di) / b;
            var g2 = g * g;
            var h = g2 - (2 * new Complex(fr, fi) / b);
            var root = Complex.Sqrt((n - 1) * ((n * h) - g2));
            var (plus, minus) = (g + root, g - root);
            var denominator = (plus.Real * plus.Real) + (plus.Imaginary * plus.Imaginary) >= (minus.Real * minus.Real) + (minus.Imaginary * minus.Imaginary) ? plus : minus;
            var change = denominator == Complex.Zero ? Complex.FromPolarCoordinates(1 + size, step) : n / denominator;
            if (step % 10 == 0)
            {
                change *= CycleBreakers[step / 10 % CycleBreakers.Length];
            }

            var (nextX, nextY) = (x - change.Real, y - change.Imaginary);
            if (nextX == x && nextY == y)
            {
                break;
            }

            (x, y) = (nextX, nextY);
            if (Math.Abs(change.Real) + Math.Abs(change.Imaginary) <= 1e-12 * (Math.Abs(x) + Math.Abs(y)))
            {
                break;
            }
        }

        return (x, y);
    }

    private static void DivideLinear(Span<double> c, double root)
    {
        for (var i = 1; i < c.Length; i++)
        {
            c[i] += root * c[i - 1];
        }
    }

    private static void DivideQuadratic(Span<double> c, double linear, double constant)
    {
        c[1] -= linear * c[0];
        for (var i = 2; i < c.Length; i++)
        {
            c[i] -= (linear * c[i - 1]) + (constant * c[i - 2]);
        }
    }
}
