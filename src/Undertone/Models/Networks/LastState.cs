using Undertone.Torch;

namespace Undertone.Models.Networks;

/// <summary>The last state of each sequence: what a recurrent layer has after reading all of it.</summary>
public static class LastState
{
    /// <summary>Takes the last valid states.</summary>
    /// <param name="states">[N, steps, width], of one direction.</param>
    /// <param name="lengths">Valid steps, N, at least 1.</param>
    /// <returns>[N, width].</returns>
    public static Tensor Of(Tensor states, int[] lengths)
    {
        ArgumentNullException.ThrowIfNull(states);
        ArgumentNullException.ThrowIfNull(lengths);
        var steps = states.Size(1);
        var rows = lengths.Select((length, n) => (n * steps) + length - 1).ToArray();
        return states.Flatten(0, 1).IndexSelect(0, Tensor.From(rows, rows.Length).To(states.Device));
    }
}
