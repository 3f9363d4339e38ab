using System.Globalization;
using System.Numerics.Tensors;
using Undertone.Features;

namespace Undertone.Models.Projection;

/// <summary>A fitted projection: y = W (x − mean).</summary>
public sealed class LinearProjection : IFeatureReduction
{
    private readonly float[][] _directions;
    private readonly double[] _offsets;

    private LinearProjection(float[][] directions, double[] offsets) => (_directions, _offsets) = (directions, offsets);

    /// <summary>Makes a projection. Each direction is turned so that its greatest weight is positive, which makes it the same on every machine.</summary>
    /// <param name="mean">D values that are projected to 0.</param>
    /// <param name="directions">K directions of D weights.</param>
    public LinearProjection(double[] mean, double[][] directions)
    {
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(directions);
        _directions = [.. directions.Select(Turned)];
        _offsets = [.. _directions.Select(w => w.Zip(mean).Sum(p => p.First * p.Second))];
    }

    /// <inheritdoc/>
    public int Dimensions => _directions.Length;

    /// <inheritdoc/>
    public long Parameters => _directions.Sum(d => d.LongLength) + _offsets.Length;

    /// <inheritdoc/>
    public long MultiplyAdds => _directions.Sum(d => d.LongLength);

    /// <summary>K directions of D weights.</summary>
    public IReadOnlyList<IReadOnlyList<float>> Directions => _directions;

    /// <summary>Fits a projection.</summary>
    /// <param name="data">The rows to fit on.</param>
    /// <param name="options">The method and how much is kept.</param>
    public static LinearProjection Fit(ClassifierData data, ProjectionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return FeatureProjectionCatalog.Get(options.Method).Fit(data, options);
    }

    /// <summary>Reads what <see cref="Write"/> kept.</summary>
    /// <param name="arrays">Where.</param>
    /// <param name="of">Values before the projection, D.</param>
    /// <exception cref="UndertoneException">It is missing or of another feature set.</exception>
    public static LinearProjection Read(ModelArrays arrays, int of)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        var offsets = arrays.Doubles("offsets");
        return new LinearProjection([.. arrays.Singles("directions", offsets.Length, of).Chunk(of)], offsets);
    }

    /// <inheritdoc/>
    public void Write(ModelArrays arrays)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        arrays.Add("directions", _directions.SelectMany(d => d).ToArray(), _directions.Length, _directions[0].Length);
        arrays.Add("offsets", _offsets);
    }

    /// <inheritdoc/>
    public FeatureMatrix Apply(FeatureMatrix features)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (features.Dimensions != _directions[0].Length)
        {
            throw new UndertoneException(string.Create(CultureInfo.InvariantCulture, $"a projection was fitted on {_directions[0].Length} values, and these have {features.Dimensions}."));
        }

        var projected = new float[features.Frames * _directions.Length];
        for (var f = 0; f < features.Frames; f++)
        {
            for (var k = 0; k < _directions.Length; k++)
            {
                projected[(f * _directions.Length) + k] = (float)(TensorPrimitives.Dot<float>(_directions[k], features[f]) - _offsets[k]);
            }
        }

        return new FeatureMatrix(projected, features.Frames, _directions.Length);
    }

    private static float[] Turned(double[] direction)
    {
        var greatest = direction.MaxBy(Math.Abs);
        return [.. direction.Select(w => (float)(greatest < 0 ? -w : w))];
    }
}
