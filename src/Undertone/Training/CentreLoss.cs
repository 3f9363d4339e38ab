using Undertone.Torch;

namespace Undertone.Training;

/// <summary>
/// Draws the embeddings of a class together: half the squared distance of each from its class's centre, the mean over the
/// batch (Wen, Zhang, Li, Qiao 2016, doi:10.1007/978-3-319-46478-7_31). Centres are learned beside the network: after each
/// batch a centre moves by a rate α towards its class's embeddings, by α Σ (x − c) / (1 + n) for n of them. They begin at
/// zero. An utterance of several classes (mixed, or with soft labels) counts for each by its share.
/// </summary>
/// <param name="classes">The number of classes, C.</param>
/// <param name="rate">α, in (0, 1].</param>
public sealed class CentreLoss(int classes, double rate) : EmbeddingLoss
{
    private float[] _centres = [];

    /// <summary>The centres, C × width, class by class; empty before the first batch.</summary>
    public IReadOnlyList<float> Centres => _centres;

    /// <inheritdoc/>
    public override Tensor Of(Tensor embeddings, float[][] shares)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        ArgumentNullException.ThrowIfNull(shares);
        var width = (int)embeddings.Size(1);
        if (_centres.Length == 0)
        {
            _centres = new float[classes * width];
        }

        var centres = Tensor.From(_centres, 1, classes, width).To(embeddings.Device);
        var difference = embeddings.Unsqueeze(1) - centres;
        var distances = (difference * difference).Sum(2);
        var weights = Tensor.From(shares.SelectMany(s => s).ToArray(), shares.Length, classes).To(embeddings.Device);
        var loss = (distances * weights).Sum() * (0.5 / shares.Length);
        using var noGrad = new NoGrad();
        Move(embeddings.Detach().To(Device.Cpu).Contiguous().ToArray<float>(), shares, width);
        return loss;
    }

    private void Move(float[] embeddings, float[][] shares, int width)
    {
        for (var c = 0; c < classes; c++)
        {
            var factor = rate / (1 + shares.Sum(s => (double)s[c]));
            for (var d = 0; d < width; d++)
            {
                double centre = _centres[(c * width) + d], step = 0;
                for (var n = 0; n < shares.Length; n++)
                {
                    step += shares[n][c] * (embeddings[(n * width) + d] - centre);
                }

                _centres[(c * width) + d] = (float)(centre + (factor * step));
            }
        }
    }
}
