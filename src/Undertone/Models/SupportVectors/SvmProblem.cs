using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Pairs = (int[] Labels, int[] Support, double[] Coefficients, double[] Offsets);

namespace Undertone.Models.SupportVectors;

/// <summary>
/// Training rows in libsvm's memory. Products of all pairs are computed once, so that machines on some of the rows, as
/// calibration fits them, cost next to nothing whatever the number of values a row. Where they would take too much memory,
/// which grows with the square of the rows, libsvm gets the rows themselves and computes products as it needs them.
/// </summary>
internal sealed unsafe class SvmProblem : IDisposable
{
    /// <summary>The memory that products of all pairs may take, in megabytes: of about 8000 rows.</summary>
    public const int MostMegabytes = 1024;

    private const double Megabyte = 1 << 20;
    private const double LeastCache = 200;
    private const double MostCache = 1024;

    private readonly float[][] _values;
    private readonly SvmKernel _kernel;
    private readonly double _gamma;
    private readonly bool _pairs;
    private readonly nint _nodes;
    private readonly LibSvm.Node** _rows;

    /// <summary>Computes the kernel of all pairs, or copies the rows where that is too much.</summary>
    /// <param name="rows">N rows of D values.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="gamma">γ, where the kernel has one.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <param name="mostMegabytes">The memory that pairs may take.</param>
    /// <exception cref="UndertoneException">Neither the pairs nor the rows fit into the machine's memory.</exception>
    public SvmProblem(float[][] rows, SvmKernel kernel, double gamma, CancellationToken cancellation, int mostMegabytes = MostMegabytes)
    {
        (_values, _kernel, _gamma) = (rows, kernel, gamma);
        _pairs = Megabytes(rows.Length, rows.Length) <= mostMegabytes;
        var width = _pairs ? rows.Length : rows[0].Length;
        Check(rows.Length, rows[0].Length, Megabytes(rows.Length, width));

        // Before the values of a row its number, as libsvm wants it of products; behind them the end.
        var stride = (nuint)width + 2;
        _nodes = (nint)NativeMemory.Alloc((nuint)rows.Length * stride, (nuint)sizeof(LibSvm.Node));
        _rows = (LibSvm.Node**)NativeMemory.Alloc((nuint)rows.Length, (nuint)sizeof(nint));
        for (var i = 0; i < rows.Length; i++)
        {
            _rows[i] = (LibSvm.Node*)_nodes + ((nuint)i * stride);
            _rows[i][0] = new LibSvm.Node { Index = 0, Value = i + 1 };
            _rows[i][width + 1] = new LibSvm.Node { Index = -1 };
        }

        try
        {
            if (_pairs)
            {
                ComputePairs(cancellation);
            }
            else
            {
                CopyRows();
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The kernel of two rows.</summary>
    public static double Of(ReadOnlySpan<float> x, ReadOnlySpan<float> y, SvmKernel kernel, double gamma)
    {
        if (kernel == SvmKernel.Linear)
        {
            return TensorPrimitives.Dot(x, y);
        }

        var distance = (double)TensorPrimitives.Distance(x, y);
        return Math.Exp(-gamma * distance * distance);
    }

    /// <summary>The kernel of two of the rows.</summary>
    public double this[int i, int j] => _pairs ? _rows[i][j + 1].Value : Of(_values[i], _values[j], _kernel, _gamma);

    /// <summary>Fits one machine for every pair of classes (one against one).</summary>
    /// <param name="chosen">The rows to fit on.</param>
    /// <param name="labels">The classes of all N rows.</param>
    /// <param name="weights">What an error costs by class.</param>
    /// <param name="cost">C.</param>
    /// <returns>
    /// P present classes in the machines' order; S support vectors as indices of rows; (P − 1) × S coefficients and
    /// P (P − 1) / 2 offsets, laid out as libsvm has them.
    /// </returns>
    public Pairs Fit(int[] chosen, IReadOnlyList<int> labels, IReadOnlyList<double> weights, double cost)
    {
        var rows = new nint[chosen.Length];
        var targets = new double[chosen.Length];
        for (var i = 0; i < chosen.Length; i++)
        {
            rows[i] = (nint)(_pairs ? _rows[chosen[i]] : _rows[chosen[i]] + 1);
            targets[i] = labels[chosen[i]];
        }

        // Of a class that is not there the library would complain on standard error.
        int[] classes = [.. chosen.Select(i => labels[i]).Distinct().Order()];
        double[] values = [.. classes.Select(c => weights[c])];
        fixed (nint* row = rows)
        fixed (double* target = targets)
        fixed (int* weightLabel = classes)
        fixed (double* weight = values)
        {
            var problem = new LibSvm.Problem { Count = chosen.Length, Labels = target, Rows = (LibSvm.Node**)row };
            var parameter = new LibSvm.Parameter
            {
                Kernel = _pairs ? LibSvm.Precomputed : _kernel == SvmKernel.Linear ? LibSvm.Linear : LibSvm.RadialBasis,
                Gamma = _gamma,
                CacheMegabytes = Math.Clamp((double)chosen.Length * chosen.Length * sizeof(float) / Megabyte, LeastCache, _pairs ? LeastCache : MostCache),
                Tolerance = 1e-3,
                Cost = cost,
                Weights = classes.Length,
                WeightLabels = weightLabel,
                WeightValues = weight,
                Shrinking = 1,
            };
            var problems = LibSvm.Check(&problem, &parameter);
            if (problems != 0)
            {
                throw new UndertoneException($"libsvm refuses the training data: {Marshal.PtrToStringUTF8(problems)}.");
            }

            var model = LibSvm.Train(&problem, &parameter);
            try
            {
                return Copy(model, chosen);
            }
            finally
            {
                LibSvm.Free(&model);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.Free((void*)_nodes);
        NativeMemory.Free(_rows);
    }

    private static double Megabytes(long rows, long width) => rows * (width + 2.0) * sizeof(LibSvm.Node) / Megabyte;

    private static void Check(int rows, int dimensions, double megabytes)
    {
        var there = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Megabyte;
        if (megabytes > there)
        {
            throw new UndertoneException(
                FormattableString.Invariant($"a support vector machine of {rows} utterances with {dimensions} values each takes {megabytes / 1024:0.0} GB and this machine has {there / 1024:0.0} GB; expected fewer values (another feature set, a selection) or fewer utterances."));
        }
    }

    private void ComputePairs(CancellationToken cancellation)
    {
        for (var i = 0; i < _values.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var j = 0; j <= i; j++)
            {
                var value = Of(_values[i], _values[j], _kernel, _gamma);
                _rows[i][j + 1] = new LibSvm.Node { Index = j + 1, Value = value };
                _rows[j][i + 1] = new LibSvm.Node { Index = i + 1, Value = value };
            }
        }
    }

    private void CopyRows()
    {
        for (var i = 0; i < _values.Length; i++)
        {
            for (var d = 0; d < _values[i].Length; d++)
            {
                _rows[i][d + 1] = new LibSvm.Node { Index = d + 1, Value = _values[i][d] };
            }
        }
    }

    private static Pairs Copy(LibSvm.Model* model, int[] chosen)
    {
        var labels = new int[model->Classes];
        var support = new int[model->SupportVectors];
        fixed (int* label = labels)
        fixed (int* index = support)
        {
            LibSvm.Labels(model, label);
            LibSvm.SupportIndices(model, index);
        }

        var coefficients = new List<double>();
        for (var r = 0; r < labels.Length - 1; r++)
        {
            coefficients.AddRange(new ReadOnlySpan<double>(model->Coefficients[r], support.Length));
        }

        var offsets = new ReadOnlySpan<double>(model->Offsets, labels.Length * (labels.Length - 1) / 2).ToArray();
        return (labels, [.. support.Select(s => chosen[s - 1])], [.. coefficients], offsets);
    }
}
