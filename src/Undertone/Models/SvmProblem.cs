using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Pairs = (int[] Labels, int[] Support, double[] Coefficients, double[] Offsets);

namespace Undertone.Models;

/// <summary>
/// Training rows in libsvm's memory. Products of all pairs are computed once, so that machines on some of the rows, as
/// calibration fits them, cost next to nothing whatever the number of values a row.
/// </summary>
internal sealed unsafe class SvmProblem : IDisposable
{
    private readonly int _count;
    private readonly nint _nodes;
    private readonly LibSvm.Node** _rows;

    /// <summary>Computes the kernel of all pairs.</summary>
    /// <param name="rows">N rows of D values.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="gamma">γ, where the kernel has one.</param>
    /// <param name="cancellation">Ends it early.</param>
    public SvmProblem(float[][] rows, SvmKernel kernel, double gamma, CancellationToken cancellation)
    {
        _count = rows.Length;
        var width = (nuint)_count + 2;
        _nodes = (nint)NativeMemory.Alloc((nuint)_count * width, (nuint)sizeof(LibSvm.Node));
        _rows = (LibSvm.Node**)NativeMemory.Alloc((nuint)_count, (nuint)sizeof(nint));
        for (var i = 0; i < _count; i++)
        {
            _rows[i] = (LibSvm.Node*)_nodes + ((nuint)i * width);
            _rows[i][0] = new LibSvm.Node { Index = 0, Value = i + 1 };
            _rows[i][_count + 1] = new LibSvm.Node { Index = -1 };
        }

        try
        {
            for (var i = 0; i < _count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                for (var j = 0; j <= i; j++)
                {
                    var value = Of(rows[i], rows[j], kernel, gamma);
                    _rows[i][j + 1] = new LibSvm.Node { Index = j + 1, Value = value };
                    _rows[j][i + 1] = new LibSvm.Node { Index = i + 1, Value = value };
                }
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
    public double this[int i, int j] => _rows[i][j + 1].Value;

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
            rows[i] = (nint)_rows[chosen[i]];
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
                Kernel = LibSvm.Precomputed,
                CacheMegabytes = 200,
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
