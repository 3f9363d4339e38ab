using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace Undertone.Models.Projection;

/// <summary>
/// The directions in which centred rows vary, by the eigenvectors of the smaller of the two products X Xᵀ (N × N) and
/// Xᵀ X (D × D): with more values than rows the latter is never formed.
/// </summary>
internal sealed class PrincipalAxes
{
    /// <summary>A variance below this share of the greatest is rounding.</summary>
    private const double Negligible = 1e-10;

    private readonly double[][] _rows;
    private readonly Matrix<double> _vectors;
    private readonly int[] _order;
    private readonly bool _byRows;

    /// <summary>Finds the directions.</summary>
    /// <param name="data">N vectors of D values.</param>
    /// <param name="name">Who asks, for the error.</param>
    /// <exception cref="UndertoneException">The features are sequences of frames, or no value varies.</exception>
    public PrincipalAxes(ClassifierData data, string name)
    {
        var rows = data.Rows(name);
        Mean = new double[data.Dimensions];
        foreach (var row in rows)
        {
            for (var d = 0; d < Mean.Length; d++)
            {
                Mean[d] += row[d];
            }
        }

        // Summed first: the mean of equal values is then exactly that value.
        for (var d = 0; d < Mean.Length; d++)
        {
            Mean[d] /= rows.Length;
        }

        _rows = [.. rows.Select(r => r.Select((v, d) => v - Mean[d]).ToArray())];
        _byRows = rows.Length < Mean.Length;
        var product = Products(_byRows ? _rows : Transposed(_rows), data.Cancellation);
        var eigen = product.Evd(Symmetricity.Symmetric);
        var values = eigen.EigenValues.Select(v => v.Real).ToArray();
        _vectors = eigen.EigenVectors;
        var greatest = values.Max();
        if (!(greatest > 0))
        {
            throw new UndertoneException($"{name} need values that vary, and all {rows.Length} training utterances have the same.");
        }

        _order = [.. Enumerable.Range(0, values.Length).Where(i => values[i] > Negligible * greatest).OrderByDescending(i => values[i])];
        SquaredLengths = [.. _order.Select(i => values[i])];
    }

    /// <summary>The mean of each value.</summary>
    public double[] Mean { get; }

    /// <summary>The sum of squares along each direction, falling: N times its variance.</summary>
    public IReadOnlyList<double> SquaredLengths { get; }

    /// <summary>One direction.</summary>
    /// <param name="k">Its place by variance.</param>
    /// <returns>D weights of length 1.</returns>
    public double[] Axis(int k)
    {
        var weights = new double[_order.Length];
        weights[k] = 1;
        return Sum(weights);
    }

    /// <summary>A weighted sum of the directions.</summary>
    /// <param name="weights">A weight for each direction.</param>
    /// <returns>D weights.</returns>
    public double[] Sum(IReadOnlyList<double> weights)
    {
        var sum = new double[Mean.Length];
        for (var i = 0; i < _vectors.RowCount; i++)
        {
            double share = 0;
            for (var k = 0; k < _order.Length; k++)
            {
                share += weights[k] * _vectors[i, _order[k]] / (_byRows ? Math.Sqrt(SquaredLengths[k]) : 1);
            }

            if (_byRows)
            {
                TensorPrimitives.MultiplyAdd<double>(_rows[i], share, sum, sum);
            }
            else
            {
                sum[i] = share;
            }
        }

        return sum;
    }

    /// <summary>The rows seen along the directions, N × directions.</summary>
    public Matrix<double> Scores() => DenseMatrix.Create(_rows.Length, _order.Length, (n, k) => _byRows
        ? _vectors[n, _order[k]] * Math.Sqrt(SquaredLengths[k])
        : _rows[n].Select((v, d) => v * _vectors[d, _order[k]]).Sum());

    private static DenseMatrix Products(double[][] rows, CancellationToken cancellation)
    {
        var products = new DenseMatrix(rows.Length);
        for (var i = 0; i < rows.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var j = 0; j <= i; j++)
            {
                products[i, j] = products[j, i] = TensorPrimitives.Dot<double>(rows[i], rows[j]);
            }
        }

        return products;
    }

    private static double[][] Transposed(double[][] rows) =>
        [.. Enumerable.Range(0, rows[0].Length).Select(d => Array.ConvertAll(rows, r => r[d]))];
}
