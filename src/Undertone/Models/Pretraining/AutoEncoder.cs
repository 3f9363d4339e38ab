using System.Globalization;
using Undertone.Torch;

namespace Undertone.Models.Pretraining;

/// <summary>How an auto-encoder's output is held against what it should be.</summary>
public enum ReconstructionError
{
    /// <summary>The mean squared difference of a value: for real numbers.</summary>
    Squared,

    /// <summary>The mean cross-entropy of a value, the decoder's output through a sigmoid: for numbers in [0, 1].</summary>
    CrossEntropy,
}

/// <summary>
/// An auto-encoder around a fully connected layer: the layer and its activation make a code, and a linear layer of its own
/// makes the input of the code again. What it learns, the layer has; the decoder is thrown away. Without activation it finds the
/// plane of the first principal components (Baldi &amp; Hornik 1989, doi:10.1016/0893-6080(89)90014-2).
/// </summary>
public sealed class AutoEncoder : IDisposable
{
    private readonly Linear _encoder;
    private readonly Layer? _activation;
    private readonly Linear _decoder;
    private readonly ReconstructionError _measure;

    /// <summary>Makes an auto-encoder; the layer keeps its weights.</summary>
    /// <param name="encoder">From inputs to codes.</param>
    /// <param name="activation">What follows the layer; null for nothing.</param>
    /// <param name="measure">How reconstructions are measured.</param>
    public AutoEncoder(Linear encoder, Layer? activation, ReconstructionError measure)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        (_encoder, _activation, _measure) = (encoder, activation, measure);
        _decoder = new Linear(encoder.Weight.Size(0), encoder.Weight.Size(1));
        _decoder.To(encoder.Weight.Device);
    }

    /// <summary>The codes of rows.</summary>
    /// <param name="rows">[N, inputs].</param>
    /// <returns>[N, units].</returns>
    public Tensor Encode(Tensor rows)
    {
        var code = _encoder.Forward(rows);
        return _activation?.Forward(code) ?? code;
    }

    /// <summary>What codes are decoded to.</summary>
    /// <param name="codes">[N, units].</param>
    /// <returns>[N, inputs].</returns>
    public Tensor Decode(Tensor codes)
    {
        var output = _decoder.Forward(codes);
        return _measure == ReconstructionError.Squared ? output : output.Sigmoid();
    }

    /// <summary>Trains encoder and decoder by Adam.</summary>
    /// <param name="rows">[N, inputs].</param>
    /// <param name="options">How.</param>
    /// <param name="loop">The loop.</param>
    /// <param name="stage">The auto-encoder's name, for progress.</param>
    /// <param name="corruption">What is done to rows before they are encoded; null for nothing.</param>
    /// <returns>The mean error of the reconstruction of whole rows, by epoch.</returns>
    public IReadOnlyList<double> Fit(Tensor rows, AutoEncoderOptions options, PretrainingLoop loop, string stage, Corruption? corruption = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(loop);
        using var optimiser = new AdamW([.. _encoder.Parameters(), .. _decoder.Parameters()], options.LearningRate, weightDecay: options.WeightDecay);
        return loop.Run(stage, rows, options.Epochs, options.BatchSize, (batch, epoch) =>
        {
            optimiser.Groups[0].LearningRate = options.LearningRate * (1 - ((epoch - 1.0) / options.Epochs));
            var output = _decoder.Forward(Encode(corruption?.Apply(batch) ?? batch));
            var error = _measure == ReconstructionError.Squared ? Functional.MseLoss(output, batch) : Functional.BceWithLogits(output, batch);
            optimiser.ZeroGrad();
            error.Backward();
            optimiser.Step();
            return error.Item();
        });
    }

    /// <summary>
    /// Trains the layers of a network one after another as auto-encoders, each on the codes of the one below (Bengio, Lamblin,
    /// Popovici &amp; Larochelle 2007, Greedy layer-wise training of deep networks, NIPS 19); with a corruption, as denoising ones
    /// (Vincent et al. 2010, https://www.jmlr.org/papers/v11/vincent10a.html). The lowest sees real numbers, the others what the
    /// activation gives: numbers in [0, 1] behind a sigmoid.
    /// </summary>
    /// <param name="layers">The layers, the lowest first; each has as many inputs as the one below has units.</param>
    /// <param name="activation">What follows each of them.</param>
    /// <param name="rows">[N, inputs], standardised.</param>
    /// <param name="options">How each is trained.</param>
    /// <param name="loop">The loop.</param>
    /// <param name="corruption">What is done to what a layer sees before it encodes it; null for nothing.</param>
    public static void FitGreedily(
        IReadOnlyList<Linear> layers, Layer activation, Tensor rows, AutoEncoderOptions options, PretrainingLoop loop, Corruption? corruption = null)
    {
        ArgumentNullException.ThrowIfNull(layers);
        using var scope = new DisposeScope();
        for (var i = 0; i < layers.Count; i++)
        {
            var measure = i > 0 && activation is Sigmoid ? ReconstructionError.CrossEntropy : ReconstructionError.Squared;
            using var encoder = new AutoEncoder(layers[i], activation, measure);
            encoder.Fit(rows, options, loop, string.Create(CultureInfo.InvariantCulture, $"auto-encoder {i + 1}"), corruption);
            using var noGrad = new NoGrad();
            rows = encoder.Encode(rows);
        }
    }

    /// <summary>Frees the decoder; the layer stays.</summary>
    public void Dispose() => _decoder.Dispose();
}

/// <summary>How an <see cref="AutoEncoder"/> learns: by Adam, its learning rate falling linearly to 0.</summary>
public sealed record AutoEncoderOptions : IValidatedSettings
{
    /// <summary>Passes over the rows; 0 leaves the layer as it is.</summary>
    public int Epochs { get; init; } = 40;

    /// <summary>Rows a batch.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>The learning rate at the beginning.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Weight decay, decoupled from the gradient.</summary>
    public double WeightDecay { get; init; }

    /// <inheritdoc/>
    public IEnumerable<string> Problems() => PretrainingProblems.Of(
        ("epochs", Epochs, Epochs >= 0, "at least 0"),
        ("batch-size", BatchSize, BatchSize >= 1, "at least 1"),
        ("learning-rate", LearningRate, LearningRate > 0, "greater than 0"),
        ("weight-decay", WeightDecay, WeightDecay >= 0, "at least 0"));
}
