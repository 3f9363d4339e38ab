using Undertone.Torch;

namespace Undertone.Models.Networks;

/// <summary>A network that is trained towards something more than its answers, such as the reconstruction of what it saw.</summary>
public interface ILossOfItsOwn
{
    /// <summary>The loss of the last batch that went through the network, one number, to be added to that of the answers; null where the network is not being trained.</summary>
    Tensor? OwnLoss { get; }
}
