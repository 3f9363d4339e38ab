using System.Numerics.Tensors;
using Undertone.Features;

namespace Undertone.Models.Neighbours;

/// <summary>
/// The k nearest training vectors vote for their classes (Fix &amp; Hodges 1951; Cover &amp; Hart 1967,
/// doi:10.1109/TIT.1967.1053964); votes are weighted by class where classes are balanced. Without that it is what scikit-learn's
/// <c>KNeighborsClassifier</c> says; of equally far neighbours the first trained on counts.
/// </summary>
public sealed class NearestNeighbours : IFittedClassifier
{
    private const string Name = "a nearest-neighbour classifier";

    private readonly NearestNeighboursOptions _options;
    private readonly float[][] _rows;
    private readonly int[] _labels;
    private readonly double[] _classWeights;

    private NearestNeighbours(NearestNeighboursOptions options, float[][] rows, int[] labels, double[] classWeights) =>
        (_options, _rows, _labels, _classWeights) = (options, rows, labels, classWeights);

    /// <inheritdoc/>
    public long Parameters => (_rows.Length * _rows[0].LongLength) + _labels.Length;

    /// <summary>Keeps the training vectors.</summary>
    /// <param name="data">N vectors of functionals.</param>
    /// <param name="options">Distance and votes; of fewer than k vectors all vote.</param>
    /// <exception cref="UndertoneException">The features are sequences of frames.</exception>
    public static NearestNeighbours Fit(ClassifierData data, NearestNeighboursOptions options)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        return new NearestNeighbours(options, data.Rows(Name), [.. data.Labels], [.. data.ClassWeights]);
    }

    /// <summary>Reads what <see cref="Write"/> kept.</summary>
    /// <param name="arrays">Where.</param>
    /// <param name="options">The options it was fitted with.</param>
    /// <param name="classes">The number of classes.</param>
    /// <exception cref="UndertoneException">An array is missing or of another shape.</exception>
    public static NearestNeighbours Read(ModelArrays arrays, NearestNeighboursOptions options, int classes)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        var labels = arrays.Integers("labels");
        if (labels.Length == 0 || labels.Any(l => l < 0 || l >= classes))
        {
            throw new UndertoneException($"the classes of the model's training vectors are none of its {classes}. Train the model again.");
        }

        var values = arrays.Singles("rows", labels.Length, -1);
        return new NearestNeighbours(options, [.. values.Chunk(Math.Max(1, values.Length / labels.Length))], labels, arrays.Doubles("class-weights", classes));
    }

    /// <inheritdoc/>
    public long MultiplyAdds(int frames) => _rows.Length * _rows[0].LongLength;

    /// <inheritdoc/>
    public double[] Probabilities(FeatureMatrix features)
    {
        var row = ClassifierData.Row(features, Name);
        double[] distances = [.. _rows.Select(r => Distance(r, row))];
        int[] nearest = [.. Enumerable.Range(0, distances.Length).OrderBy(n => distances[n]).ThenBy(n => n).Take(_options.Neighbours)];
        var same = distances[nearest[0]] == 0;
        var votes = new double[_classWeights.Length];
        foreach (var n in nearest)
        {
            votes[_labels[n]] += _classWeights[_labels[n]] * (_options.Weights == NeighbourWeights.Uniform ? 1
                : same ? (distances[n] == 0 ? 1 : 0)
                : 1 / distances[n]);
        }

        var sum = votes.Sum();
        return [.. votes.Select(v => v / sum)];
    }

    /// <inheritdoc/>
    public void Write(ModelArrays arrays)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        arrays.Add("rows", _rows.SelectMany(r => r).ToArray(), _rows.Length, _rows[0].Length);
        arrays.Add("labels", _labels);
        arrays.Add("class-weights", _classWeights);
    }

    private double Distance(float[] a, float[] b)
    {
        switch (_options.Distance)
        {
            case VectorDistance.Euclidean:
                return TensorPrimitives.Distance<float>(a, b);
            case VectorDistance.Manhattan:
                double sum = 0;
                for (var d = 0; d < a.Length; d++)
                {
                    sum += Math.Abs((double)a[d] - b[d]);
                }

                return sum;
            default:
                // A vector of zeros has no direction: it is as far from all others as one at a right angle.
                var lengths = (double)TensorPrimitives.Norm<float>(a) * TensorPrimitives.Norm<float>(b);
                return lengths == 0 ? 1 : Math.Max(0, 1 - (TensorPrimitives.Dot<float>(a, b) / lengths));
        }
    }
}
