using Undertone.Models.Networks;

namespace Undertone.Models.Mixtures;

/// <summary>
/// The densities of one sequence's frames under every state, and the forward and backward variables over them, all as
/// logarithms (Rabiner 1989, doi:10.1109/5.18626, equations 18 to 25). Buffers are kept from sequence to sequence.
/// </summary>
internal sealed class HmmLattice
{
    private readonly HiddenMarkovModel _model;
    private readonly int _states;
    private readonly int _components;
    private readonly double[] _logInitial;
    private readonly double[] _logTransitions;
    private readonly double[] _into;
    private int _frames;
    private double[] _shares = [];
    private double[] _emissions = [];
    private double[] _forward = [];
    private double[] _backward = [];

    /// <summary>Makes a lattice.</summary>
    /// <param name="model">The model.</param>
    public HmmLattice(HiddenMarkovModel model)
    {
        _model = model;
        _states = model.States.Count;
        _components = model.States.Max(s => s.Components);
        _logInitial = [.. model.Initial.Select(p => Math.Log(p))];
        _logTransitions = [.. model.Transitions.SelectMany(r => r.Select(p => Math.Log(p)))];
        _into = new double[_states];
    }

    /// <summary>Computes the densities of a sequence.</summary>
    /// <param name="frames">All frames.</param>
    /// <param name="start">The sequence's first frame.</param>
    /// <param name="end">The frame after its last.</param>
    public void Emit(PackedFrames frames, int start, int end)
    {
        _frames = end - start;
        if (_emissions.Length < _frames * _states)
        {
            _shares = new double[_frames * _states * _components];
            _emissions = new double[_frames * _states];
            _forward = new double[_frames * _states];
            _backward = new double[_frames * _states];
        }

        for (var t = 0; t < _frames; t++)
        {
            for (var s = 0; s < _states; s++)
            {
                var shares = Components(t, s);
                _model.States[s].Joint(frames[start + t], shares);
                _emissions[(t * _states) + s] = LogDomain.Normalise(shares);
            }
        }
    }

    /// <summary>Computes the forward variables.</summary>
    /// <returns>The sequence's log-likelihood.</returns>
    public double Forward()
    {
        for (var s = 0; s < _states; s++)
        {
            _forward[s] = _logInitial[s] + _emissions[s];
        }

        for (var t = 1; t < _frames; t++)
        {
            var before = _forward.AsSpan((t - 1) * _states, _states);
            for (var s = 0; s < _states; s++)
            {
                for (var from = 0; from < _states; from++)
                {
                    _into[from] = before[from] + _logTransitions[(from * _states) + s];
                }

                _forward[(t * _states) + s] = LogDomain.Sum(_into) + _emissions[(t * _states) + s];
            }
        }

        return LogDomain.Sum(_forward.AsSpan((_frames - 1) * _states, _states));
    }

    /// <summary>Computes the backward variables.</summary>
    public void Backward()
    {
        Array.Fill(_backward, 0, (_frames - 1) * _states, _states);
        for (var t = _frames - 2; t >= 0; t--)
        {
            for (var s = 0; s < _states; s++)
            {
                for (var to = 0; to < _states; to++)
                {
                    _into[to] = _logTransitions[(s * _states) + to] + _emissions[((t + 1) * _states) + to] + _backward[((t + 1) * _states) + to];
                }

                _backward[(t * _states) + s] = LogDomain.Sum(_into);
            }
        }
    }

    /// <summary>The logarithm of the joint density of the whole sequence and a state at a frame.</summary>
    /// <param name="t">The frame within the sequence.</param>
    /// <param name="s">The state.</param>
    public double Visit(int t, int s) => _forward[(t * _states) + s] + _backward[(t * _states) + s];

    /// <summary>The logarithm of the joint density of the whole sequence and a step from a state to another.</summary>
    /// <param name="t">The frame of the first, not the last.</param>
    /// <param name="from">The first state.</param>
    /// <param name="to">The second.</param>
    public double Step(int t, int from, int to)
    {
        var next = ((t + 1) * _states) + to;
        return _forward[(t * _states) + from] + _logTransitions[(from * _states) + to] + _emissions[next] + _backward[next];
    }

    /// <summary>The shares of a state's components in a frame, which sum to 1.</summary>
    /// <param name="t">The frame within the sequence.</param>
    /// <param name="s">The state.</param>
    public Span<double> Components(int t, int s) => _shares.AsSpan(((t * _states) + s) * _components, _model.States[s].Components);
}
