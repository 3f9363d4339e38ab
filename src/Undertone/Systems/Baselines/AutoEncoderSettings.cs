using Undertone.Models.Pretraining;
using Undertone.Torch;

namespace Undertone.Systems.Baselines;

/// <summary>What follows the hidden layers of an auto-encoder.</summary>
public enum CodeActivation
{
    /// <summary>1 / (1 + e⁻ˣ).</summary>
    Sigmoid,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,

    /// <summary>max(0, x).</summary>
    Relu,
}

/// <summary>The settings that stacks of auto-encoders share.</summary>
public abstract record AutoEncoderSettings : LayeredSettings
{
    /// <summary>Creates the shared defaults.</summary>
    protected AutoEncoderSettings() => Hidden = [256, 128];

    /// <summary>What follows each hidden layer.</summary>
    public CodeActivation Activation { get; init; } = CodeActivation.Relu;

    /// <summary>How each layer is pre-trained.</summary>
    public AutoEncoderOptions Pretraining { get; init; } = new();

    /// <summary>A layer of the activation.</summary>
    internal Layer CreateActivation() => Activation switch
    {
        CodeActivation.Sigmoid => new Sigmoid(),
        CodeActivation.Tanh => new Tanh(),
        _ => new ReLU(),
    };
}
