using Undertone.Torch;

namespace Undertone.Models;

/// <summary>Masks of padded batches.</summary>
public static class FrameMask
{
    /// <summary>True where a frame is padding.</summary>
    /// <param name="lengths">Valid frames, N.</param>
    /// <param name="frames">Frames of the padded batch.</param>
    /// <returns>[N, frames] of truth values.</returns>
    public static Tensor Padding(int[] lengths, int frames) =>
        Functional.PaddingMask(Array.ConvertAll(lengths, l => (long)l), frames);
}
