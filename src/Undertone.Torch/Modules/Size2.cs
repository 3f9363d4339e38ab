namespace Undertone.Torch;

/// <summary>Two sizes, of height and width; one number stands for both.</summary>
/// <param name="Height">Along the third dimension (of batch, channels, height, width).</param>
/// <param name="Width">Along the fourth dimension.</param>
public readonly record struct Size2(long Height, long Width)
{
    /// <summary>As padding: as much as keeps the size (stride 1 only).</summary>
    public static Size2 Same => new(-1, -1);

    /// <summary>The same both ways.</summary>
    public static implicit operator Size2(long size) => new(size, size);

    /// <summary>Height and width.</summary>
    public static implicit operator Size2((long Height, long Width) size) => new(size.Height, size.Width);

    /// <inheritdoc/>
    public override string ToString() => this == Same ? "same" : $"({Height}, {Width})";

    internal long[] ToArray() => [Height, Width];
}
