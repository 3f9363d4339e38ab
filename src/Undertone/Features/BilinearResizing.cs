namespace Undertone.Features;

/// <summary>
/// Resizes images by bilinear interpolation (Parker, Kenyon &amp; Troxel 1983, Comparison of interpolating methods for image
/// resampling, doi:10.1109/TMI.1983.4307610). Pixels' centres are mapped onto pixels' centres. Where an axis shrinks, the
/// triangle is as many times wider, so that every pixel has its share and nothing aliases; these are the values of Pillow's
/// BILINEAR and of PyTorch's <c>interpolate(mode="bilinear", antialias=True)</c>.
/// </summary>
public static class BilinearResizing
{
    /// <summary>Resizes.</summary>
    /// <param name="image">Rows × columns.</param>
    /// <param name="rows">Rows, at least 1.</param>
    /// <param name="columns">Columns, at least 1.</param>
    /// <param name="newRows">Rows wanted.</param>
    /// <param name="newColumns">Columns wanted.</param>
    /// <returns>The new image, row-major.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive.</exception>
    public static float[] Apply(ReadOnlySpan<float> image, int rows, int columns, int newRows, int newColumns)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(newRows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(newColumns);
        var across = Taps(columns, newColumns);
        var narrow = new float[checked(rows * newColumns)];
        for (var row = 0; row < rows; row++)
        {
            var from = image.Slice(row * columns, columns);
            for (var column = 0; column < newColumns; column++)
            {
                var (first, weights) = across[column];
                var sum = 0.0;
                for (var k = 0; k < weights.Length; k++)
                {
                    sum += weights[k] * from[first + k];
                }

                narrow[(row * newColumns) + column] = (float)sum;
            }
        }

        if (rows == newRows)
        {
            return narrow;
        }

        var down = Taps(rows, newRows);
        var resized = new float[checked(newRows * newColumns)];
        var sums = new double[newColumns];
        for (var row = 0; row < newRows; row++)
        {
            var (first, weights) = down[row];
            Array.Clear(sums);
            for (var k = 0; k < weights.Length; k++)
            {
                var from = narrow.AsSpan((first + k) * newColumns, newColumns);
                for (var column = 0; column < newColumns; column++)
                {
                    sums[column] += weights[k] * from[column];
                }
            }

            for (var column = 0; column < newColumns; column++)
            {
                resized[(row * newColumns) + column] = (float)sums[column];
            }
        }

        return resized;
    }

    /// <summary>Which pixels of the old axis make each of the new one, and their weights, whose sum is 1.</summary>
    private static (int First, double[] Weights)[] Taps(int from, int to)
    {
        var scale = (double)from / to;
        var reach = Math.Max(1, scale);
        var taps = new (int, double[])[to];
        for (var i = 0; i < to; i++)
        {
            var centre = (scale * (i + 0.5)) - 0.5;
            var first = Math.Max(0, (int)Math.Ceiling(centre - reach));
            var last = Math.Min(from - 1, (int)Math.Floor(centre + reach));
            var weights = new double[last - first + 1];
            for (var k = 0; k < weights.Length; k++)
            {
                weights[k] = Math.Max(0, 1 - (Math.Abs(first + k - centre) / reach));
            }

            var sum = weights.Sum();
            taps[i] = (first, Array.ConvertAll(weights, w => w / sum));
        }

        return taps;
    }
}
