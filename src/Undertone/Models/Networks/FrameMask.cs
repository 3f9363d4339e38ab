using Undertone.Torch;

namespace Undertone.Models.Networks;

/// <summary>Masks of padded batches.</summary>
public static class FrameMask
{
    /// <summary>True where a frame is padding.</summary>
    /// <param name="lengths">Valid frames, N.</param>
    /// <param name="frames">Frames of the padded batch.</param>
    /// <returns>[N, frames] of truth values.</returns>
    public static Tensor Padding(int[] lengths, int frames) =>
        Functional.PaddingMask(Array.ConvertAll(lengths, l => (long)l), frames);

    /// <summary>Sequences with zeros in place of their padding.</summary>
    /// <param name="x">[N, frames, width].</param>
    /// <param name="padding">[N, frames] of truth values, as <see cref="Padding"/> gives them.</param>
    /// <returns>[N, frames, width].</returns>
    public static Tensor Clear(Tensor x, Tensor padding)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(padding);
        return x.MaskedFill(padding.Unsqueeze(-1), 0.0);
    }
}
