using Undertone.Torch;

namespace Undertone.Models.Networks;

/// <summary>
/// Initial weights for layers that rectifiers follow without normalisation: normal, of variance 2 / inputs, biases zero (He et
/// al. 2015, doi:10.1109/ICCV.2015.123). Without it activations fade from layer to layer.
/// </summary>
public static class RectifierInitialisation
{
    /// <summary>Draws the weights of every convolution and linear layer directly inside a network anew.</summary>
    /// <param name="network">The network.</param>
    /// <param name="except">A layer that keeps what it has: the output, which no rectifier follows.</param>
    public static void Apply(Module network, Module except)
    {
        ArgumentNullException.ThrowIfNull(network);
        foreach (var layer in network.Children.Values.Where(l => l != except && l is (Conv2d or Linear)))
        {
            foreach (var parameter in layer.Parameters())
            {
                if (parameter.Dimensions > 1)
                {
                    Init.KaimingNormal(parameter);
                }
                else
                {
                    Init.Constant(parameter, 0);
                }
            }
        }
    }
}
