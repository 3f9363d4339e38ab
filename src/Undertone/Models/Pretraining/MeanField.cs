using System.Globalization;
using Undertone.Torch;

namespace Undertone.Models.Pretraining;

/// <summary>
/// The mean-field inference of a deep Boltzmann machine, unrolled: each layer's units settle to the probabilities that the
/// layers below and above give them. Every step uses the same weights, and gradients go through all of them.
/// </summary>
public sealed class MeanField : Module
{
    private readonly Linear[] _layers;
    private readonly int _steps;

    /// <summary>Unrolls the inference over layers.</summary>
    /// <param name="layers">The layers with their biases, the lowest first; each has as many inputs as the one below has units.</param>
    /// <param name="steps">Rounds over all layers, from the lowest to the highest, behind the first pass.</param>
    public MeanField(IReadOnlyList<Linear> layers, int steps)
    {
        ArgumentNullException.ThrowIfNull(layers);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 0);
        _layers = [.. layers.Select((l, i) => Register(string.Create(CultureInfo.InvariantCulture, $"layer_{i + 1}"), l))];
        _steps = steps;
    }

    /// <summary>The layers, the lowest first.</summary>
    public IReadOnlyList<Linear> Layers => _layers;

    /// <summary>The top layer's probabilities.</summary>
    /// <param name="visible">[N, inputs].</param>
    /// <returns>[N, units of the top layer].</returns>
    public Tensor Forward(Tensor visible) => Infer(visible)[^1];

    /// <summary>
    /// All layers' probabilities. The first pass goes up and counts what comes from below twice wherever something would come
    /// from above too (Salakhutdinov &amp; Hinton 2009, Deep Boltzmann machines, https://proceedings.mlr.press/v5/salakhutdinov09a.html).
    /// </summary>
    /// <param name="visible">[N, inputs].</param>
    /// <returns>A tensor [N, units] a layer, the lowest first.</returns>
    public Tensor[] Infer(Tensor visible)
    {
        ArgumentNullException.ThrowIfNull(visible);
        var states = new Tensor[_layers.Length];
        for (var l = 0; l < states.Length; l++)
        {
            var below = l == 0 ? visible : states[l - 1];
            Settle(states, l, Functional.Linear(l == states.Length - 1 ? below : below * 2.0, _layers[l].Weight, _layers[l].Bias));
        }

        // What the visible units say is the same in every round.
        var drive = Functional.Linear(visible, _layers[0].Weight, _layers[0].Bias);
        for (var step = 0; step < _steps; step++)
        {
            for (var l = 0; l < states.Length; l++)
            {
                var input = l == 0 ? drive : Functional.Linear(states[l - 1], _layers[l].Weight, _layers[l].Bias);
                Settle(states, l, l == states.Length - 1 ? input : input + states[l + 1].MatMul(_layers[l + 1].Weight));
            }
        }

        return states;
    }

    private void Settle(Tensor[] states, int layer, Tensor input)
    {
        states[layer] = input.Sigmoid();
        LayerTrace.Observe(_layers[layer], states[layer]);
    }
}
