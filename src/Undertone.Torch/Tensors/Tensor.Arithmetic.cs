namespace Undertone.Torch;

/// <content>Arithmetic and functions of each element. Shapes are spread (broadcast) as in NumPy.</content>
public partial class Tensor
{
    /// <summary>Sum of two tensors.</summary>
    public static Tensor operator +(Tensor a, Tensor b) => Ops.Add.Call(a, b);

    /// <summary>Adds a number to each element.</summary>
    public static Tensor operator +(Tensor a, Scalar b) => Ops.AddScalar.Call(a, b);

    /// <summary>Adds a number to each element.</summary>
    public static Tensor operator +(Scalar a, Tensor b) => Ops.AddScalar.Call(b, a);

    /// <summary>Difference of two tensors.</summary>
    public static Tensor operator -(Tensor a, Tensor b) => Ops.Sub.Call(a, b);

    /// <summary>Subtracts a number from each element.</summary>
    public static Tensor operator -(Tensor a, Scalar b) => Ops.SubScalar.Call(a, b);

    /// <summary>Subtracts each element from a number.</summary>
    public static Tensor operator -(Scalar a, Tensor b) => Ops.RsubScalar.Call(b, a);

    /// <summary>Each element with the other sign.</summary>
    public static Tensor operator -(Tensor a) => Ops.Neg.Call(a);

    /// <summary>Product element by element.</summary>
    public static Tensor operator *(Tensor a, Tensor b) => Ops.Mul.Call(a, b);

    /// <summary>Multiplies each element by a number.</summary>
    public static Tensor operator *(Tensor a, Scalar b) => Ops.MulScalar.Call(a, b);

    /// <summary>Multiplies each element by a number.</summary>
    public static Tensor operator *(Scalar a, Tensor b) => Ops.MulScalar.Call(b, a);

    /// <summary>Quotient element by element; integers give floating numbers.</summary>
    public static Tensor operator /(Tensor a, Tensor b) => Ops.Div.Call(a, b);

    /// <summary>Divides each element by a number.</summary>
    public static Tensor operator /(Tensor a, Scalar b) => Ops.DivScalar.Call(a, b);

    /// <summary>Divides a number by each element.</summary>
    public static Tensor operator /(Scalar a, Tensor b)
    {
        using var inverse = Ops.Reciprocal.Call(b);
        return Ops.MulScalar.Call(inverse, a);
    }

    /// <summary>Remainder with the sign of the divisor.</summary>
    public static Tensor operator %(Tensor a, Scalar b) => Ops.Remainder.Call(a, b);

    /// <summary>Logical and.</summary>
    public static Tensor operator &(Tensor a, Tensor b) => Ops.LogicalAnd.Call(a, b);

    /// <summary>Logical or.</summary>
    public static Tensor operator |(Tensor a, Tensor b) => Ops.LogicalOr.Call(a, b);

    /// <summary>Logical not.</summary>
    public static Tensor operator !(Tensor a) => Ops.LogicalNot.Call(a);

    /// <summary>Where an element is less.</summary>
    public static Tensor operator <(Tensor a, Tensor b) => Ops.Lt.Call(a, b);

    /// <summary>Where an element is less.</summary>
    public static Tensor operator <(Tensor a, Scalar b) => Ops.LtScalar.Call(a, b);

    /// <summary>Where an element is greater.</summary>
    public static Tensor operator >(Tensor a, Tensor b) => Ops.Gt.Call(a, b);

    /// <summary>Where an element is greater.</summary>
    public static Tensor operator >(Tensor a, Scalar b) => Ops.GtScalar.Call(a, b);

    /// <summary>Where an element is less or equal.</summary>
    public static Tensor operator <=(Tensor a, Tensor b) => Ops.Le.Call(a, b);

    /// <summary>Where an element is less or equal.</summary>
    public static Tensor operator <=(Tensor a, Scalar b) => Ops.LeScalar.Call(a, b);

    /// <summary>Where an element is greater or equal.</summary>
    public static Tensor operator >=(Tensor a, Tensor b) => Ops.Ge.Call(a, b);

    /// <summary>Where an element is greater or equal.</summary>
    public static Tensor operator >=(Tensor a, Scalar b) => Ops.GeScalar.Call(a, b);

    /// <summary>Where elements are equal (a tensor of truth values; <see cref="object.Equals(object)"/> compares identity).</summary>
    public Tensor Eq(Tensor other) => Ops.Eq.Call(this, other);

    /// <summary>Where elements equal a number.</summary>
    public Tensor Eq(Scalar other) => Ops.EqScalar.Call(this, other);

    /// <summary>Where elements differ.</summary>
    public Tensor Ne(Tensor other) => Ops.Ne.Call(this, other);

    /// <summary>Where elements differ from a number.</summary>
    public Tensor Ne(Scalar other) => Ops.NeScalar.Call(this, other);

    /// <summary>Where elements are not a number.</summary>
    public Tensor IsNan() => Ops.IsNan.Call(this);

    /// <summary>Where elements are neither infinite nor not a number.</summary>
    public Tensor IsFinite() => Ops.IsFinite.Call(this);

    /// <summary>This plus <paramref name="factor"/> times the other.</summary>
    public Tensor Add(Tensor other, double factor = 1) => Ops.Add.Call(this, other, (Scalar)factor);

    /// <summary>This plus <paramref name="factor"/> · a · b, element by element.</summary>
    public Tensor AddCMul(Tensor a, Tensor b, double factor = 1) => Ops.Addcmul.Call(this, a, b, (Scalar)factor);

    /// <summary>Each element to a power.</summary>
    public Tensor Pow(Scalar exponent) => Ops.PowScalar.Call(this, exponent);

    /// <summary>Each element to the power of another.</summary>
    public Tensor Pow(Tensor exponent) => Ops.PowTensor.Call(this, exponent);

    /// <summary>Quotient rounded down.</summary>
    public Tensor FloorDivide(Tensor divisor) => Ops.FloorDivide.Call(this, divisor);

    /// <summary>e to each element.</summary>
    public Tensor Exp() => Ops.Exp.Call(this);

    /// <summary>Natural logarithm.</summary>
    public Tensor Log() => Ops.Log.Call(this);

    /// <summary>Natural logarithm of one plus each element.</summary>
    public Tensor Log1p() => Ops.Log1p.Call(this);

    /// <summary>Square root.</summary>
    public Tensor Sqrt() => Ops.Sqrt.Call(this);

    /// <summary>One over the square root.</summary>
    public Tensor Rsqrt() => Ops.Rsqrt.Call(this);

    /// <summary>Absolute value.</summary>
    public Tensor Abs() => Ops.Abs.Call(this);

    /// <summary>-1, 0 or 1.</summary>
    public Tensor Sign() => Ops.Sign.Call(this);

    /// <summary>Sine of an angle in radians.</summary>
    public Tensor Sin() => Ops.Sin.Call(this);

    /// <summary>Cosine of an angle in radians.</summary>
    public Tensor Cos() => Ops.Cos.Call(this);

    /// <summary>Rounded down.</summary>
    public Tensor Floor() => Ops.Floor.Call(this);

    /// <summary>Rounded, halves to the even neighbour.</summary>
    public Tensor Round() => Ops.Round.Call(this);

    /// <summary>The error function.</summary>
    public Tensor Erf() => Ops.Erf.Call(this);

    /// <summary>Kept within bounds; null leaves a side open.</summary>
    public Tensor Clamp(Scalar? min = null, Scalar? max = null) => Ops.Clamp.Call(this, min, max);

    /// <summary>The greater of two elements.</summary>
    public Tensor Maximum(Tensor other) => Ops.Maximum.Call(this, other);

    /// <summary>The lesser of two elements.</summary>
    public Tensor Minimum(Tensor other) => Ops.Minimum.Call(this, other);

    /// <summary>max(0, x).</summary>
    public Tensor Relu() => Ops.Relu.Call(this);

    /// <summary>1 / (1 + e^-x).</summary>
    public Tensor Sigmoid() => Ops.Sigmoid.Call(this);

    /// <summary>Hyperbolic tangent.</summary>
    public Tensor Tanh() => Ops.Tanh.Call(this);

    /// <summary>Probabilities along a dimension.</summary>
    public Tensor Softmax(long dimension) => Ops.Softmax.Call(this, dimension);

    /// <summary>Logarithms of the probabilities along a dimension.</summary>
    public Tensor LogSoftmax(long dimension) => Ops.LogSoftmax.Call(this, dimension);

    /// <summary>A number where the mask is true.</summary>
    public Tensor MaskedFill(Tensor mask, Scalar value) => Ops.MaskedFill.Call(this, mask, value);

    /// <summary>The elements where the mask is true, in one dimension.</summary>
    public Tensor MaskedSelect(Tensor mask) => Ops.MaskedSelect.Call(this, mask);

    /// <summary>Elements of <paramref name="a"/> where the condition is true, of <paramref name="b"/> elsewhere.</summary>
    public static Tensor Where(Tensor condition, Tensor a, Tensor b) => Ops.Where.Call(condition, a, b);

    /// <summary>Adds to this tensor itself.</summary>
    public Tensor AddInPlace(Tensor other, double factor = 1)
    {
        Ops.AddInPlace.CallInPlace(this, other, (Scalar)factor);
        return this;
    }

    /// <summary>Adds a number to this tensor itself.</summary>
    public Tensor AddInPlace(Scalar other)
    {
        Ops.AddScalarInPlace.CallInPlace(this, other);
        return this;
    }

    /// <summary>Subtracts from this tensor itself.</summary>
    public Tensor SubInPlace(Tensor other, double factor = 1)
    {
        Ops.SubInPlace.CallInPlace(this, other, (Scalar)factor);
        return this;
    }

    /// <summary>Multiplies this tensor itself.</summary>
    public Tensor MulInPlace(Tensor other)
    {
        Ops.MulInPlace.CallInPlace(this, other);
        return this;
    }

    /// <summary>Multiplies this tensor itself by a number.</summary>
    public Tensor MulInPlace(Scalar other)
    {
        Ops.MulScalarInPlace.CallInPlace(this, other);
        return this;
    }

    /// <summary>Divides this tensor itself.</summary>
    public Tensor DivInPlace(Tensor other)
    {
        Ops.DivInPlace.CallInPlace(this, other);
        return this;
    }

    /// <summary>Divides this tensor itself by a number.</summary>
    public Tensor DivInPlace(Scalar other)
    {
        Ops.DivScalarInPlace.CallInPlace(this, other);
        return this;
    }

    /// <summary>Keeps this tensor itself within bounds.</summary>
    public Tensor ClampInPlace(Scalar? min = null, Scalar? max = null)
    {
        Ops.ClampInPlace.CallInPlace(this, min, max);
        return this;
    }

    /// <summary>Moves this tensor itself the given part of the way to another.</summary>
    public Tensor LerpInPlace(Tensor end, double weight)
    {
        Ops.LerpInPlace.CallInPlace(this, end, (Scalar)weight);
        return this;
    }

    /// <summary>Writes a number where the mask is true.</summary>
    public Tensor MaskedFillInPlace(Tensor mask, Scalar value)
    {
        Ops.MaskedFillInPlace.CallInPlace(this, mask, value);
        return this;
    }

    /// <summary>Writes a number everywhere.</summary>
    public Tensor Fill(Scalar value)
    {
        Ops.Fill.CallInPlace(this, value);
        return this;
    }

    /// <summary>Writes zeros everywhere.</summary>
    public Tensor Zero()
    {
        Ops.ZeroInPlace.CallInPlace(this);
        return this;
    }

    /// <summary>Writes random numbers uniform in [from, to).</summary>
    public Tensor UniformInPlace(double from, double to)
    {
        Ops.UniformInPlace.CallInPlace(this, from, to);
        return this;
    }

    /// <summary>Writes normal random numbers.</summary>
    public Tensor NormalInPlace(double mean = 0, double deviation = 1)
    {
        Ops.NormalInPlace.CallInPlace(this, mean, deviation);
        return this;
    }

    /// <summary>Writes ones with the given probability, zeros elsewhere.</summary>
    public Tensor BernoulliInPlace(double probability)
    {
        Ops.BernoulliInPlace.CallInPlace(this, probability);
        return this;
    }
}
