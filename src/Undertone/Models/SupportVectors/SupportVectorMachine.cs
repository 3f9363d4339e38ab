using System.Globalization;
using System.Numerics.Tensors;
using Undertone.Features;

namespace Undertone.Models.SupportVectors;

/// <summary>
/// Support vector machines, one for every pair of classes (Cortes &amp; Vapnik 1995, doi:10.1007/BF00994018), fitted by
/// libsvm (Chang &amp; Lin 2011, doi:10.1145/1961189.1961199).
/// </summary>
/// <remarks>
/// The class with the most pairs won is the answer, and the sum of its margins decides between equals; this is what
/// scikit-learn's <c>SVC</c> predicts. Probabilities are a softmax of that score, whose one factor is chosen so that
/// training speakers who were left out are likeliest (temperature scaling, Guo et al. 2017, arXiv:1706.04599). libsvm's own
/// probabilities draw from the C library's random generator, so that they would differ from run to run, and may
/// contradict the votes.
/// </remarks>
public sealed class SupportVectorMachine : IFittedClassifier
{
    private const string Name = "a support vector machine";

    private readonly SvmKernel _kernel;
    private readonly double _gamma;
    private readonly int _classes;
    private readonly int[] _labels;
    private readonly int[] _owner;
    private readonly float[][] _support;
    private readonly double[] _coefficients;
    private readonly double[] _offsets;
    private readonly float[][] _directions;
    private readonly double _sharpness;

    private SupportVectorMachine(
        SvmKernel kernel, double gamma, int classes, int[] labels, int[] owner, float[][] support, double[] coefficients, double[] offsets, float[][]? directions, double sharpness)
    {
        (_kernel, _gamma, _classes, _labels, _owner) = (kernel, gamma, classes, labels, owner);
        (_support, _coefficients, _offsets, _sharpness) = (support, coefficients, offsets, sharpness);
        _directions = directions ?? (kernel == SvmKernel.Linear ? Directions() : []);
    }

    /// <summary>The version of libsvm: <c>3.24</c>.</summary>
    /// <exception cref="UndertoneException">The library is missing.</exception>
    public static string LibraryVersion => string.Create(CultureInfo.InvariantCulture, $"{LibSvm.Version / 100}.{LibSvm.Version % 100:00}");

    /// <summary>Support vectors; with a linear kernel they are needed no more once the machine is read from a file.</summary>
    public int SupportVectors => _support.Length;

    /// <summary>Directions or support vectors and their coefficients, offsets, γ and the sharpness.</summary>
    public long Parameters => _offsets.Length + 1 + (_kernel == SvmKernel.Linear
        ? _directions.Sum(d => d.LongLength)
        : _support.Sum(s => s.LongLength) + _coefficients.Length + 1);

    /// <summary>Fits the machines.</summary>
    /// <param name="data">N vectors of functionals.</param>
    /// <param name="options">Kernel and cost.</param>
    /// <exception cref="UndertoneException">The features are sequences of frames, or libsvm is missing.</exception>
    public static SupportVectorMachine Fit(ClassifierData data, SupportVectorMachineOptions options)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        var rows = data.Rows(Name);
        var gamma = options.Kernel == SvmKernel.Linear ? 0 : options.Gamma ?? Scale(rows);
        using var problem = new SvmProblem(rows, options.Kernel, gamma, data.Cancellation, options.PairMegabytes ?? SvmProblem.MostMegabytes);
        var sharpness = Sharpness(problem, data, options);
        var (labels, support, coefficients, offsets) = problem.Fit([.. Enumerable.Range(0, rows.Length)], data.Labels, data.ClassWeights, options.Cost);
        int[] owner = [.. support.Select(s => Array.IndexOf(labels, data.Labels[s]))];
        return new SupportVectorMachine(options.Kernel, gamma, data.Classes, labels, owner, [.. support.Select(s => rows[s])], coefficients, offsets, null, sharpness);
    }

    /// <summary>Reads what <see cref="Write"/> kept.</summary>
    /// <param name="arrays">Where.</param>
    /// <param name="options">The options it was fitted with.</param>
    /// <param name="classes">The number of classes.</param>
    /// <exception cref="UndertoneException">An array is missing or of another shape.</exception>
    public static SupportVectorMachine Read(ModelArrays arrays, SupportVectorMachineOptions options, int classes)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        ArgumentNullException.ThrowIfNull(options);
        var labels = arrays.Integers("labels");
        if (labels.Length is < 2 || labels.Any(l => l < 0 || l >= classes) || labels.Distinct().Count() != labels.Length)
        {
            throw new UndertoneException($"the classes of the support vector machine ({string.Join(", ", labels)}) are none of the model's {classes}. Train the model again.");
        }

        var pairs = labels.Length * (labels.Length - 1) / 2;
        var offsets = arrays.Doubles("offsets", pairs);
        var sharpness = arrays.Doubles("sharpness", 1)[0];
        if (options.Kernel == SvmKernel.Linear)
        {
            var directions = Split(arrays.Singles("directions", pairs, -1), pairs);
            return new SupportVectorMachine(options.Kernel, 0, classes, labels, [], [], [], offsets, directions, sharpness);
        }

        var owner = arrays.Integers("owner");
        var support = Split(arrays.Singles("support", owner.Length, -1), owner.Length);
        var coefficients = arrays.Doubles("coefficients", labels.Length - 1, owner.Length);
        return owner.All(o => o >= 0 && o < labels.Length)
            ? new SupportVectorMachine(options.Kernel, arrays.Doubles("gamma", 1)[0], classes, labels, owner, support, coefficients, offsets, null, sharpness)
            : throw new UndertoneException("a support vector belongs to no class of its machine. Train the model again.");
    }

    /// <inheritdoc/>
    public void Write(ModelArrays arrays)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        arrays.Add("labels", _labels);
        arrays.Add("offsets", _offsets);
        arrays.Add("sharpness", new[] { _sharpness });
        if (_kernel == SvmKernel.Linear)
        {
            arrays.Add("directions", _directions.SelectMany(d => d).ToArray(), _directions.Length, _directions[0].Length);
            return;
        }

        arrays.Add("gamma", new[] { _gamma });
        arrays.Add("owner", _owner);
        arrays.Add("support", _support.SelectMany(s => s).ToArray(), _support.Length, _support.Length == 0 ? 0 : _support[0].Length);
        arrays.Add("coefficients", _coefficients, _labels.Length - 1, _owner.Length);
    }

    /// <summary>The margin of every pair of the present classes: (0, 1), (0, 2), ..., (1, 2), ...; positive is the first of the pair.</summary>
    /// <param name="row">D values.</param>
    public double[] Margins(float[] row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return _kernel == SvmKernel.Linear
            ? [.. _directions.Select((d, p) => TensorPrimitives.Dot<float>(d, row) - _offsets[p])]
            : Margins(_labels.Length, _owner, _coefficients, _offsets, [.. _support.Select(s => SvmProblem.Of(s, row, _kernel, _gamma))]);
    }

    /// <summary>The labels of the present classes, in the order of <see cref="Margins(float[])"/>.</summary>
    public IReadOnlyList<int> Labels => _labels;

    /// <inheritdoc/>
    public long MultiplyAdds(int frames) =>
        _kernel == SvmKernel.Linear ? _directions.Sum(d => d.LongLength) : _support.Sum(s => s.LongLength) + _coefficients.Length;

    /// <inheritdoc/>
    public double[] Probabilities(FeatureMatrix features)
    {
        var scores = Scores(Margins(ClassifierData.Row(features, Name)), _labels.Length);
        var present = Softmax(scores, _sharpness);
        var probabilities = new double[_classes];
        for (var i = 0; i < _labels.Length; i++)
        {
            probabilities[_labels[i]] = present[i];
        }

        return probabilities;
    }

    /// <summary>With a linear kernel a pair's support vectors are one direction.</summary>
    /// <param name="classes">The number P of present classes.</param>
    /// <param name="owner">The class of each of S support vectors, in [0, P).</param>
    /// <param name="support">S support vectors.</param>
    /// <param name="coefficients">(P − 1) × S coefficients, as libsvm lays them out.</param>
    /// <returns>P (P − 1) / 2 directions: of (0, 1), (0, 2), ..., (1, 2), ...</returns>
    internal static double[][] Directions(int classes, int[] owner, float[][] support, double[] coefficients)
    {
        var directions = Enumerable.Range(0, classes * (classes - 1) / 2).Select(_ => new double[support[0].Length]).ToArray();
        for (var s = 0; s < support.Length; s++)
        {
            for (var other = 0; other < classes; other++)
            {
                var coefficient = other == owner[s] ? 0 : Coefficient(coefficients, owner[s], other, s, support.Length);
                if (coefficient != 0)
                {
                    var direction = directions[Pair(owner[s], other, classes)];
                    for (var d = 0; d < direction.Length; d++)
                    {
                        direction[d] += coefficient * support[s][d];
                    }
                }
            }
        }

        return directions;
    }

    private static double[] Margins(int classes, int[] owner, double[] coefficients, double[] offsets, double[] kernel)
    {
        var margins = new double[offsets.Length];
        for (var p = 0; p < margins.Length; p++)
        {
            margins[p] = -offsets[p];
        }

        for (var s = 0; s < kernel.Length; s++)
        {
            for (var other = 0; other < classes; other++)
            {
                if (other != owner[s])
                {
                    margins[Pair(owner[s], other, classes)] += Coefficient(coefficients, owner[s], other, s, kernel.Length) * kernel[s];
                }
            }
        }

        return margins;
    }

    /// <summary>libsvm keeps one coefficient of a support vector for every other class, its own left out.</summary>
    private static double Coefficient(double[] coefficients, int own, int other, int vector, int vectors) =>
        coefficients[((other < own ? other : other - 1) * vectors) + vector];

    private static int Pair(int a, int b, int classes)
    {
        var (low, high) = a < b ? (a, b) : (b, a);
        return (low * classes) - (low * (low + 1) / 2) + high - low - 1;
    }

    private static double[] Scores(double[] margins, int classes)
    {
        var votes = new double[classes];
        var sums = new double[classes];
        for (int a = 0, p = 0; a < classes; a++)
        {
            for (var b = a + 1; b < classes; b++, p++)
            {
                votes[margins[p] > 0 ? a : b]++;
                sums[a] += margins[p];
                sums[b] -= margins[p];
            }
        }

        // Margins are squeezed below a third, so that they decide between equals and never against the votes.
        return [.. votes.Select((v, k) => v + (sums[k] / (3 * (Math.Abs(sums[k]) + 1))))];
    }

    private static double[] Softmax(double[] scores, double sharpness)
    {
        var top = scores.Max();
        double[] weights = [.. scores.Select(s => Math.Exp(sharpness * (s - top)))];
        var sum = weights.Sum();
        return [.. weights.Select(w => w / sum)];
    }

    /// <summary>1 / (D × variance of all values).</summary>
    private static double Scale(float[][] rows)
    {
        var count = (double)rows.Length * rows[0].Length;
        var mean = rows.Sum(r => r.Sum(v => (double)v)) / count;
        var variance = rows.Sum(r => r.Sum(v => (v - mean) * (v - mean))) / count;
        return 1 / (rows[0].Length * (variance > 0 ? variance : 1));
    }

    /// <summary>The factor of the softmax: what makes speakers who were left out of the fit likeliest, every class counting the same.</summary>
    private static double Sharpness(SvmProblem problem, ClassifierData data, SupportVectorMachineOptions options)
    {
        var speakers = data.Speakers.Distinct().Order(StringComparer.Ordinal).ToArray();
        SeededRandom.From("svm calibration", data.Seed).Shuffle(speakers.AsSpan());
        var groups = Math.Min(options.CalibrationGroups, speakers.Length);
        var groupOf = speakers.Select((s, i) => (s, i)).ToDictionary(s => s.s, s => s.i % groups, StringComparer.Ordinal);
        var answers = new List<(double[] Scores, int Truth, double Weight)>();
        for (var g = 0; groups > 1 && g < groups; g++)
        {
            data.Cancellation.ThrowIfCancellationRequested();
            int[] kept = [.. Enumerable.Range(0, data.Labels.Count).Where(i => groupOf[data.Speakers[i]] != g)];
            if (kept.Select(i => data.Labels[i]).Distinct().Count() < 2)
            {
                continue;
            }

            var (labels, support, coefficients, offsets) = problem.Fit(kept, data.Labels, data.ClassWeights, options.Cost);
            int[] owner = [.. support.Select(s => Array.IndexOf(labels, data.Labels[s]))];
            for (var i = 0; i < data.Labels.Count; i++)
            {
                var truth = groupOf[data.Speakers[i]] == g ? Array.IndexOf(labels, data.Labels[i]) : -1;
                if (truth >= 0)
                {
                    var margins = Margins(labels.Length, owner, coefficients, offsets, [.. support.Select(s => problem[i, s])]);
                    answers.Add((Scores(margins, labels.Length), truth, data.ClassWeights[data.Labels[i]]));
                }
            }
        }

        // Without speakers to leave out nothing can be learned of it.
        return answers.Count == 0 ? 1 : Likeliest(answers);
    }

    /// <summary>Golden-section search on a logarithmic scale; the negative log-likelihood of a softmax is convex in its factor.</summary>
    private static double Likeliest(List<(double[] Scores, int Truth, double Weight)> answers)
    {
        double Loss(double logarithm) =>
            answers.Sum(a => -a.Weight * Math.Log(Math.Max(1e-300, Softmax(a.Scores, Math.Exp(logarithm))[a.Truth])));
        var ratio = (Math.Sqrt(5) - 1) / 2;
        var (low, high) = (Math.Log(0.05), Math.Log(20));
        for (var i = 0; i < 40; i++)
        {
            var (a, b) = (high - (ratio * (high - low)), low + (ratio * (high - low)));
            (low, high) = Loss(a) <= Loss(b) ? (low, b) : (a, high);
        }

        return Math.Exp((low + high) / 2);
    }

    private static float[][] Split(float[] values, int rows) =>
        rows == 0 ? [] : [.. values.Chunk(Math.Max(1, values.Length / rows))];

    private float[][] Directions() =>
        [.. Directions(_labels.Length, _owner, _support, _coefficients).Select(d => d.Select(v => (float)v).ToArray())];
}
