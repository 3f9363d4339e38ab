using Undertone.Models.Networks;

namespace Undertone.Models.Mixtures;

/// <summary>
/// What a hidden Markov model expects of sequences: how often each state begins, follows each state and is visited by
/// which part of a frame (Rabiner 1989, doi:10.1109/5.18626, equations 36 to 40, 52 to 54 and 109 to 111).
/// </summary>
internal sealed class HmmExpectation
{
    private readonly double[] _visits;
    private readonly double[] _steps;

    /// <summary>Goes through the sequences.</summary>
    /// <param name="model">The model.</param>
    /// <param name="frames">The sequences; one without frames counts for nothing.</param>
    public HmmExpectation(HiddenMarkovModel model, PackedFrames frames)
    {
        var states = model.States.Count;
        _visits = new double[states];
        _steps = new double[states * states];
        Initial = new double[states];
        Transitions = [.. Enumerable.Range(0, states).Select(_ => new double[states])];
        Mixtures = [.. model.States.Select(s => new GaussianStatistics(s.Gaussians))];
        var lattice = new HmmLattice(model);
        for (var sequence = 0; sequence < frames.Sequences; sequence++)
        {
            var (start, end) = frames.Range(sequence);
            if (start == end)
            {
                continue;
            }

            lattice.Emit(frames, start, end);
            LogLikelihood += lattice.Forward();
            lattice.Backward();
            for (var t = 0; t < end - start; t++)
            {
                Visit(lattice, t, frames, start + t);
                if (t + 1 < end - start)
                {
                    Step(lattice, t);
                }
            }
        }
    }

    /// <summary>The log-likelihood of all sequences.</summary>
    public double LogLikelihood { get; }

    /// <summary>How many sequences begin in each state, S.</summary>
    public double[] Initial { get; }

    /// <summary>How often a state (column) follows a state (row), S × S.</summary>
    public double[][] Transitions { get; }

    /// <summary>What the components of each state's mixture explain, S.</summary>
    public GaussianStatistics[] Mixtures { get; }

    private void Visit(HmmLattice lattice, int t, PackedFrames frames, int frame)
    {
        for (var s = 0; s < _visits.Length; s++)
        {
            _visits[s] = lattice.Visit(t, s);
        }

        // Shares are taken of what is there, not of the sequence's likelihood, which rounding may part from it.
        LogDomain.Normalise(_visits);
        for (var s = 0; s < _visits.Length; s++)
        {
            if (_visits[s] == 0)
            {
                continue;
            }

            Initial[s] += t == 0 ? _visits[s] : 0;
            var shares = lattice.Components(t, s);
            for (var k = 0; k < shares.Length; k++)
            {
                if (shares[k] > 0)
                {
                    Mixtures[s].Add(k, _visits[s] * shares[k], frames[frame]);
                }
            }
        }
    }

    private void Step(HmmLattice lattice, int t)
    {
        var states = _visits.Length;
        for (var i = 0; i < _steps.Length; i++)
        {
            _steps[i] = lattice.Step(t, i / states, i % states);
        }

        LogDomain.Normalise(_steps);
        for (var i = 0; i < _steps.Length; i++)
        {
            Transitions[i / states][i % states] += _steps[i];
        }
    }
}
