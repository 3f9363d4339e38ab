namespace Undertone.Models.Trees;

/// <summary>Training values sorted into bins: between all neighbouring values where there are few, else about equally full.</summary>
internal sealed class FeatureBins
{
    /// <summary>Sorts the values.</summary>
    /// <param name="rows">N rows of D values.</param>
    /// <param name="bins">The most bins, at most 256.</param>
    public FeatureBins(float[][] rows, int bins)
    {
        Thresholds = new float[rows[0].Length][];
        Codes = new byte[rows[0].Length][];
        for (var d = 0; d < Thresholds.Length; d++)
        {
            var column = Array.ConvertAll(rows, r => r[d]);
            var thresholds = Thresholds[d] = Between(column, bins);
            Codes[d] = Array.ConvertAll(column, v => Code(thresholds, v));
        }
    }

    /// <summary>D lists of ascending thresholds: bin b is above threshold b − 1 and at most threshold b.</summary>
    public float[][] Thresholds { get; }

    /// <summary>D columns of N bins.</summary>
    public byte[][] Codes { get; }

    private static float[] Between(float[] column, int bins)
    {
        float[] sorted = [.. column.Order()];
        float[] distinct = [.. sorted.Distinct()];
        if (distinct.Length <= bins)
        {
            return [.. distinct.Zip(distinct.Skip(1), TreeEnsemble.Between)];
        }

        var thresholds = new List<float>();
        for (var b = 1; b < bins; b++)
        {
            var place = (sorted.Length - 1.0) * b / bins;
            thresholds.Add(TreeEnsemble.Between(sorted[(int)Math.Floor(place)], sorted[(int)Math.Ceiling(place)]));
        }

        return [.. thresholds.Distinct()];
    }

    /// <summary>How many thresholds lie below a value.</summary>
    private static byte Code(float[] thresholds, float value)
    {
        int low = 0, high = thresholds.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = thresholds[middle] < value ? (middle + 1, high) : (low, middle);
        }

        return (byte)low;
    }
}
