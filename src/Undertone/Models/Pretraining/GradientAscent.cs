using Undertone.Torch;

namespace Undertone.Models.Pretraining;

/// <summary>Gradient ascent with momentum on gradients that are estimated and not derived: those of Boltzmann machines.</summary>
/// <param name="parameters">What is learned, and whether weight decay shrinks it.</param>
internal sealed class GradientAscent(IReadOnlyList<(Tensor Values, bool Decays)> parameters) : IDisposable
{
    private readonly Tensor[] _velocities = [.. parameters.Select(p => p.Values.Detach().ZerosLike().Keep())];

    /// <summary>Goes a step up.</summary>
    /// <param name="gradients">One a parameter; they are changed.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="momentum">The share of the last step that is gone again.</param>
    /// <param name="decay">Weight decay.</param>
    public void Step(IReadOnlyList<Tensor> gradients, double rate, double momentum, double decay)
    {
        using var noGrad = new NoGrad();
        for (var i = 0; i < _velocities.Length; i++)
        {
            var (values, decays) = parameters[i];
            if (decays && decay > 0)
            {
                gradients[i].SubInPlace(values, decay);
            }

            _velocities[i].MulInPlace(momentum).AddInPlace(gradients[i], rate);
            values.AddInPlace(_velocities[i]);
        }
    }

    public void Dispose() => Array.ForEach(_velocities, v => v.Dispose());
}
