namespace Undertone.Features.Functionals;

/// <summary>
/// A feature set as a table: each row says which functionals are computed of which contours. Values stand row by row,
/// contour by contour, functional by functional, and are called <c>CONTOUR_FUNCTIONAL</c>.
/// </summary>
public sealed class FunctionalTable
{
    private readonly FunctionalRow[] _rows;
    private readonly int[][] _sizes;

    /// <summary>Makes a table.</summary>
    /// <param name="rows">The rows.</param>
    public FunctionalTable(IEnumerable<FunctionalRow> rows)
    {
        _rows = [.. rows];
        _sizes = [.. _rows.Select(r => r.Functionals.Select(f => f.Describe("1").Count).ToArray())];
        Dimensions = _rows.Zip(_sizes, (row, sizes) => row.Contours.Count * sizes.Sum()).Sum();
    }

    /// <summary>Gives a contour's values.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="contour">The contour within the row, from 0.</param>
    /// <returns>Finite values, one a frame; they are read before the next call.</returns>
    public delegate ReadOnlySpan<float> ContourReader(int row, int contour);

    /// <summary>The rows.</summary>
    public IReadOnlyList<FunctionalRow> Rows => _rows;

    /// <summary>The number of values.</summary>
    public int Dimensions { get; }

    /// <summary>Says what each value is.</summary>
    public IReadOnlyList<FeatureDescription> Describe() =>
    [
        .. from row in _rows
           from contour in row.Contours
           from functional in row.Functionals
           from value in functional.Describe(contour.Unit)
           select new FeatureDescription($"{contour.Name}_{value.Name}", value.Unit, $"{contour.Source}; {value.Source}"),
    ];

    /// <summary>Computes the values.</summary>
    /// <param name="read">Gives the contours.</param>
    /// <param name="contour">Room to work in.</param>
    /// <param name="to">Receives <see cref="Dimensions"/> finite values; an empty contour's are 0.</param>
    public void Compute(ContourReader read, Contour contour, Span<float> to)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(contour);
        ArgumentOutOfRangeException.ThrowIfLessThan(to.Length, Dimensions, nameof(to));
        Span<double> values = stackalloc double[_sizes.Max(s => s.Length == 0 ? 0 : s.Max())];
        var at = 0;
        for (var r = 0; r < _rows.Length; r++)
        {
            var row = _rows[r];
            for (var c = 0; c < row.Contours.Count; c++)
            {
                contour.Load(read(r, c), row.NonZeroOnly);
                for (var f = 0; f < row.Functionals.Count; f++)
                {
                    var size = _sizes[r][f];
                    values.Clear();
                    if (contour.Count > 0)
                    {
                        row.Functionals[f].Compute(contour, values[..size]);
                    }

                    for (var v = 0; v < size; v++)
                    {
                        // Squares of absurdly loud audio may be beyond single precision.
                        to[at++] = (float)Math.Clamp(values[v], -float.MaxValue, float.MaxValue);
                    }
                }
            }
        }
    }
}
