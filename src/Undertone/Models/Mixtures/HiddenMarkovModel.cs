using System.Globalization;
using Undertone.Features;
using Undertone.Models.Networks;

namespace Undertone.Models.Mixtures;

/// <summary>
/// A hidden Markov model whose states are Gaussian mixtures, estimated by Baum–Welch and scored by the forward
/// algorithm, both in the log domain (Rabiner 1989, doi:10.1109/5.18626, sections III and IV). A transition that is
/// impossible at the start stays so. Immutable; may be used by several threads at once.
/// </summary>
public sealed class HiddenMarkovModel : ILikelihood
{
    private readonly double[] _initial;
    private readonly double[][] _transitions;
    private readonly GaussianMixture[] _states;

    /// <summary>Makes a model of known parameters.</summary>
    /// <param name="initial">The probability of each state to begin, S, with the sum 1.</param>
    /// <param name="transitions">S × S: row i holds the probabilities of the states that follow state i, with the sum 1.</param>
    /// <param name="states">The states' mixtures, S, of one number of dimensions.</param>
    /// <exception cref="UndertoneException">The shapes do not fit, or a value is impossible.</exception>
    public HiddenMarkovModel(IReadOnlyList<double> initial, IReadOnlyList<IReadOnlyList<double>> transitions, IReadOnlyList<GaussianMixture> states)
    {
        ArgumentNullException.ThrowIfNull(initial);
        ArgumentNullException.ThrowIfNull(transitions);
        ArgumentNullException.ThrowIfNull(states);
        if (states.Count == 0 || initial.Count != states.Count || transitions.Count != states.Count
            || transitions.Any(r => r.Count != states.Count) || states.Any(s => s.Dimensions != states[0].Dimensions))
        {
            throw new UndertoneException($"a hidden Markov model of {states.Count} states needs as many initial probabilities, transitions of all to all, and mixtures of one number of dimensions; found {initial.Count} and {transitions.Count}.");
        }

        if (transitions.Append(initial).Any(r => !r.All(p => p is >= 0 and <= 1 + 1e-9) || Math.Abs(r.Sum() - 1) > 1e-6))
        {
            throw new UndertoneException("a hidden Markov model's probabilities must be in [0, 1], those of the states that begin and those of the states that follow each state with the sum 1.");
        }

        _initial = [.. initial];
        _transitions = [.. transitions.Select(r => r.ToArray())];
        _states = [.. states];
    }

    /// <summary>The probability of each state to begin, S.</summary>
    public IReadOnlyList<double> Initial => _initial;

    /// <summary>The probability of each state (column) to follow each state (row), S × S.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Transitions => _transitions;

    /// <summary>S initial and S × S transition probabilities, and the states' mixtures.</summary>
    public long Parameters => _states.Length + ((long)_states.Length * _states.Length) + _states.Sum(s => s.Parameters);

    /// <summary>Those of the states' mixtures, and one for every transition of the forward score.</summary>
    public long MultiplyAddsAFrame => ((long)_states.Length * _states.Length) + _states.Sum(s => s.MultiplyAddsAFrame);

    /// <summary>The states' mixtures, S.</summary>
    public IReadOnlyList<GaussianMixture> States => _states;

    /// <summary>The number of dimensions, D.</summary>
    public int Dimensions => _states[0].Dimensions;

    /// <summary>
    /// Estimates a model: every sequence is cut into S equal parts, which start the states' mixtures; then Baum–Welch. In an
    /// ergodic model, where no order is known, all mixtures start from all frames, each by its own draw.
    /// </summary>
    /// <param name="sequences">At least one, together with at least one frame.</param>
    /// <param name="options">How many states, how they follow, and how long.</param>
    /// <param name="random">Chooses the start of the mixtures.</param>
    /// <returns>The model, and how the likelihood rose.</returns>
    /// <exception cref="UndertoneException">There are no frames, their dimensions differ or a value is not finite.</exception>
    public static FittedHmm Fit(IReadOnlyList<FeatureMatrix> sequences, HiddenMarkovModelOptions options, SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        ArgumentNullException.ThrowIfNull(options);
        var states = options.States;
        var ordered = options.Topology == HmmTopology.LeftToRight;
        var floor = PackedFrames.From(sequences).VarianceFloor(options.Mixture.VarianceFloor);
        var mixtures = new GaussianMixture[states];
        for (var s = 0; s < states; s++)
        {
            var part = ordered ? sequences.Select(q => Part(q, s, states)).Where(q => q.Frames > 0).ToList() : sequences;
            mixtures[s] = GaussianMixture.Fit(PackedFrames.From(part.Count > 0 ? part : sequences), floor, options.Mixture, random).Mixture;
        }

        // A state lasts its share of the mean length.
        var length = Math.Max(2, sequences.Average(q => (double)q.Frames) / states);
        double[] Row(int s) => ordered
            ? [.. Enumerable.Range(0, states).Select(n => n == s ? (s == states - 1 ? 1 : 1 - (1 / length)) : n == s + 1 ? 1 / length : 0)]
            : [.. Enumerable.Range(0, states).Select(n => states == 1 ? 1 : n == s ? 1 - (1 / length) : 1 / length / (states - 1))];
        double[] initial = ordered
            ? [1, .. Enumerable.Repeat(0.0, states - 1)]
            : [.. Enumerable.Repeat(1.0 / states, states)];
        return new HiddenMarkovModel(initial, [.. Enumerable.Range(0, states).Select(Row)], mixtures).Improve(sequences, options);
    }

    /// <summary>
    /// Continues Baum–Welch from this model. Where its variances are at least the floor, no iteration lowers the likelihood
    /// of the sequences. A component or state that explains nothing keeps its parameters.
    /// </summary>
    /// <param name="sequences">At least one, together with at least one frame.</param>
    /// <param name="options">How long, and the floor of variances; the number of states and components is this model's.</param>
    /// <returns>The model, and how the likelihood rose.</returns>
    /// <exception cref="UndertoneException">There are no frames, their dimensions differ or a value is not finite.</exception>
    public FittedHmm Improve(IReadOnlyList<FeatureMatrix> sequences, HiddenMarkovModelOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var frames = PackedFrames.From(sequences, Dimensions);
        var floor = frames.VarianceFloor(options.Mixture.VarianceFloor);
        var model = this;
        var expectation = new HmmExpectation(model, frames);
        var history = new List<double> { expectation.LogLikelihood / frames.Count };
        for (var i = 0; i < options.Iterations; i++)
        {
            model = model.Maximised(expectation, floor);
            expectation = new HmmExpectation(model, frames);
            history.Add(expectation.LogLikelihood / frames.Count);
            if (history[^1] - history[^2] < options.Tolerance)
            {
                break;
            }
        }

        return new FittedHmm(model, history);
    }

    /// <summary>The logarithm of a sequence's density, over all paths of states: the forward algorithm.</summary>
    /// <param name="sequence">At least one frame.</param>
    /// <exception cref="UndertoneException">There is no frame, the dimensions differ or a value is not finite.</exception>
    public double LogLikelihood(FeatureMatrix sequence)
    {
        var frames = PackedFrames.From([sequence], Dimensions);
        var lattice = new HmmLattice(this);
        lattice.Emit(frames, 0, frames.Count);
        return lattice.Forward();
    }

    /// <summary><see cref="LogLikelihood"/> divided by the number of frames: a score that does not grow with the length.</summary>
    /// <param name="sequence">At least one frame.</param>
    /// <exception cref="UndertoneException">There is no frame, the dimensions differ or a value is not finite.</exception>
    public double MeanLogLikelihood(FeatureMatrix sequence)
    {
        ArgumentNullException.ThrowIfNull(sequence);
        return LogLikelihood(sequence) / sequence.Frames;
    }

    /// <summary>Reads what <see cref="Write"/> kept.</summary>
    /// <param name="arrays">Where.</param>
    /// <exception cref="UndertoneException">An array is missing or of another shape.</exception>
    public static HiddenMarkovModel Read(ModelArrays arrays)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        var initial = arrays.Doubles("initial");
        var transitions = arrays.Doubles("transitions", initial.Length, initial.Length);
        return new HiddenMarkovModel(
            initial,
            [.. transitions.Chunk(initial.Length)],
            [.. initial.Select((_, s) => GaussianMixture.Read(arrays.Within(State(s))))]);
    }

    /// <inheritdoc/>
    public void Write(ModelArrays arrays)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        arrays.Add("initial", _initial);
        arrays.Add("transitions", _transitions.SelectMany(r => r).ToArray(), _states.Length, _states.Length);
        for (var s = 0; s < _states.Length; s++)
        {
            _states[s].Write(arrays.Within(State(s)));
        }
    }

    private static string State(int state) => string.Create(CultureInfo.InvariantCulture, $"state-{state}");

    private static FeatureMatrix Part(FeatureMatrix sequence, int part, int parts)
    {
        var start = (int)((long)sequence.Frames * part / parts);
        var end = (int)((long)sequence.Frames * (part + 1) / parts);
        var d = sequence.Dimensions;
        return new FeatureMatrix(sequence.Values[(start * d)..(end * d)], end - start, d);
    }

    private HiddenMarkovModel Maximised(HmmExpectation expectation, double[] floor) => new(
        Shares(expectation.Initial, _initial),
        [.. _transitions.Select((row, s) => Shares(expectation.Transitions[s], row))],
        [.. _states.Select((mixture, s) => mixture.Maximised(expectation.Mixtures[s], floor))]);

    private static double[] Shares(double[] counts, double[] before)
    {
        var sum = counts.Sum();
        return sum > 0 ? Array.ConvertAll(counts, c => c / sum) : before;
    }
}

/// <summary>An estimated hidden Markov model.</summary>
/// <param name="Model">The model.</param>
/// <param name="LogLikelihoods">The log-likelihood of all sequences divided by the number of frames, of the start and after each iteration.</param>
public sealed record FittedHmm(HiddenMarkovModel Model, IReadOnlyList<double> LogLikelihoods);
