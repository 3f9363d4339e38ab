using Undertone.Torch;

namespace Undertone.Models.Networks;

/// <summary>
/// Adds to each vector of a sequence sines and cosines of its place, of wavelengths from 2π to 10000 · 2π in a geometric
/// row, so that attention can tell before from behind (Vaswani et al. 2017, https://arxiv.org/abs/1706.03762, section 3.5).
/// </summary>
public sealed class PositionalEncoding : Layer
{
    private readonly int _width;

    /// <summary>Creates the encoding; nothing is learned.</summary>
    /// <param name="width">Values of a vector, even.</param>
    public PositionalEncoding(int width) =>
        _width = width > 0 && width % 2 == 0 ? width : throw new ArgumentOutOfRangeException(nameof(width), width, "Sines and cosines need an even width.");

    /// <inheritdoc/>
    protected override string Details => $"{_width}";

    /// <summary>The encoding of places 0 to <paramref name="frames"/> − 1.</summary>
    /// <param name="frames">Places.</param>
    /// <param name="width">Values of a place, even: sine, cosine, sine, cosine, ...</param>
    /// <returns>frames × width values, place by place.</returns>
    public static float[] Table(int frames, int width)
    {
        var table = new float[frames * width];
        for (var i = 0; i < width; i += 2)
        {
            var frequency = Math.Pow(10000, -(double)i / width);
            for (var t = 0; t < frames; t++)
            {
                var (sine, cosine) = Math.SinCos(t * frequency);
                table[(t * width) + i] = (float)sine;
                table[(t * width) + i + 1] = (float)cosine;
            }
        }

        return table;
    }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var frames = (int)input.Size(1);
        return input + Tensor.From(Table(frames, _width), 1, frames, _width).To(input.Device);
    }
}
