using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace Undertone.Models.Projection;

/// <summary>
/// Linear discriminants: the directions in which the classes' means lie farthest apart for the spread within classes
/// (Fisher 1936, doi:10.1111/j.1469-1809.1936.tb02137.x; Rao 1948, doi:10.1111/j.2517-6161.1948.tb00008.x), at most one less than there are classes.
/// </summary>
/// <remarks>
/// The covariance within classes is drawn towards a sphere, (1 − γ) S + γ (tr S / D) I, so that there is an answer with more
/// values than rows too. All is computed in the directions in which the training rows vary, which loses nothing: the classes'
/// means have no part outside them. Along every discriminant that covariance is 1.
/// </remarks>
public sealed class Lda : FeatureProjection
{
    /// <inheritdoc/>
    public override string Name => "lda";

    /// <inheritdoc/>
    public override string Summary => "Linear discriminants: the directions that part the classes' means, with shrinkage";

    /// <inheritdoc/>
    public override string Citation => "Fisher 1936, doi:10.1111/j.1469-1809.1936.tb02137.x; Ledoit & Wolf 2004, doi:10.1016/S0047-259X(03)00096-4";

    /// <inheritdoc/>
    public override LinearProjection Fit(ClassifierData data, ProjectionOptions options)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        var axes = new PrincipalAxes(data, "linear discriminants");
        var rank = axes.SquaredLengths.Count;
        var scores = axes.Scores();

        int[] present = [.. data.Labels.Distinct().Order()];
        int[] counts = [.. present.Select(c => data.Labels.Count(l => l == c))];
        var means = new DenseMatrix(present.Length, rank);
        for (var n = 0; n < scores.RowCount; n++)
        {
            var c = Array.IndexOf(present, data.Labels[n]);
            means.SetRow(c, means.Row(c) + (scores.Row(n) / counts[c]));
        }

        for (var n = 0; n < scores.RowCount; n++)
        {
            scores.SetRow(n, scores.Row(n) - means.Row(Array.IndexOf(present, data.Labels[n])));
        }

        var within = scores.TransposeThisAndMultiply(scores) / scores.RowCount;
        var sphere = within.Trace() / data.Dimensions;
        var shrinkage = options.Shrinkage ?? LedoitWolf(scores, within, data.Dimensions);
        var shrunk = (within * (1 - shrinkage)) + (DenseMatrix.CreateIdentity(rank) * (shrinkage * sphere));
        var root = Root(shrunk, shrinkage);

        // Weighted means, seen where the shrunk covariance is a sphere; their principal directions part the classes best.
        for (var c = 0; c < present.Length; c++)
        {
            means.SetRow(c, means.Row(c) * Math.Sqrt(counts[c] / (double)scores.RowCount));
        }

        var apart = root.Solve(means.Transpose());
        var eigen = apart.TransposeThisAndMultiply(apart).Evd(Symmetricity.Symmetric);
        var values = eigen.EigenValues.Select(v => v.Real).ToArray();
        if (!(values.Max() > 0))
        {
            throw new UndertoneException($"linear discriminants need classes whose means differ, and those of all {present.Length} classes are the same.");
        }

        int[] kept = [.. Enumerable.Range(0, values.Length)
            .Where(i => values[i] > 1e-10 * values.Max())
            .OrderByDescending(i => values[i])
            .Take(Math.Min(options.Dimensions ?? int.MaxValue, present.Length - 1))];
        var directions = kept.Select(i => root.Transpose().Solve(apart * eigen.EigenVectors.Column(i) / Math.Sqrt(values[i])));
        return new LinearProjection(axes.Mean, [.. directions.Select(w => axes.Sum(w.ToArray()))]);
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(ProjectionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Variance is not null)
        {
            yield return "linear discriminants (lda) keep no share of the variance; give dimensions, or choose pca";
        }
    }

    /// <summary>The shrinkage with the least expected squared error (Ledoit &amp; Wolf 2004).</summary>
    private static double LedoitWolf(Matrix<double> rows, Matrix<double> covariance, int dimensions)
    {
        var count = (double)rows.RowCount;
        var squares = covariance.Enumerate().Sum(v => v * v);
        var fourth = rows.EnumerateRows().Sum(r => Math.Pow(r.DotProduct(r), 2));
        var sphere = covariance.Trace() / dimensions;
        var distance = squares - (dimensions * sphere * sphere);
        var error = Math.Min(((fourth / count) - squares) / count, distance);
        return error <= 0 ? 0 : error / distance;
    }

    private static Matrix<double> Root(Matrix<double> covariance, double shrinkage)
    {
        try
        {
            var root = covariance.Cholesky().Factor;
            var diagonal = root.Diagonal();
            if (diagonal.Minimum() > 1e-8 * diagonal.Maximum())
            {
                return root;
            }
        }
        catch (ArgumentException)
        {
            // Said below: not positive definite.
        }

        throw new UndertoneException(string.Create(
            CultureInfo.InvariantCulture,
            $"linear discriminants need a covariance within classes that can be inverted, and with a shrinkage of {shrinkage} that of the {covariance.RowCount} varying directions cannot be; choose a greater shrinkage, or leave it out to have it estimated."));
    }
}
