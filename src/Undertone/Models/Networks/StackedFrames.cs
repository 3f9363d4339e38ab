using Undertone.Torch;

namespace Undertone.Models.Networks;

/// <summary>
/// Joins neighbouring frames into one longer vector, so that a recurrent network walks over fewer steps
/// (Sak, Senior, Rao, Beaufays 2015, doi:10.21437/Interspeech.2015-350).
/// </summary>
public static class StackedFrames
{
    /// <summary>Stacks frames; an incomplete last group is dropped.</summary>
    /// <param name="features">[N, frames, dimensions].</param>
    /// <param name="count">Frames joined into one.</param>
    /// <param name="lengths">Valid frames, at least <paramref name="count"/>; replaced by valid groups.</param>
    /// <returns>[N, frames / count, dimensions × count].</returns>
    public static Tensor Join(Tensor features, int count, ref int[] lengths)
    {
        if (count == 1)
        {
            return features;
        }

        var shape = features.Shape;
        var groups = shape[1] / count;
        lengths = Array.ConvertAll(lengths, l => l / count);
        return features.Narrow(1, 0, groups * count).Reshape(shape[0], groups, shape[2] * count);
    }
}
