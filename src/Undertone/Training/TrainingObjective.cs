using Undertone.Torch;

namespace Undertone.Training;

/// <summary>What training brings a network closer to, and what its epochs are compared by.</summary>
public abstract class TrainingObjective
{
    /// <summary>Learns what it needs of the training utterances, such as the classes' weights.</summary>
    /// <param name="train">The training utterances.</param>
    public abstract void Begin(IReadOnlyList<Example> train);

    /// <summary>The loss of a batch.</summary>
    /// <param name="outputs">[N, outputs], as the network gives them.</param>
    /// <param name="batch">The N utterances.</param>
    /// <param name="mixed">The weight of each utterance itself and its partner's index, where utterances are mixed; otherwise null.</param>
    /// <param name="device">Where <paramref name="outputs"/> lies.</param>
    public abstract Tensor Loss(Tensor outputs, IReadOnlyList<Example> batch, (double Weight, int[] Partners)? mixed, Device device);

    /// <summary>Whether <see cref="EmbeddingLoss"/> is added to <see cref="Loss"/>.</summary>
    public virtual bool ReadsEmbedding => false;

    /// <summary>The part of a batch's loss that looks at the vectors before the output layer.</summary>
    /// <param name="embeddings">[N, width].</param>
    /// <param name="batch">The N utterances.</param>
    /// <param name="mixed">As for <see cref="Loss"/>.</param>
    /// <param name="device">Where <paramref name="embeddings"/> lies.</param>
    /// <exception cref="InvalidOperationException">There is no such part.</exception>
    public virtual Tensor EmbeddingLoss(Tensor embeddings, IReadOnlyList<Example> batch, (double Weight, int[] Partners)? mixed, Device device) =>
        throw new InvalidOperationException("The loss looks at no embeddings.");

    /// <summary>A network's answers from its outputs: probabilities, or the values themselves.</summary>
    /// <param name="outputs">[N, outputs].</param>
    public abstract Tensor Answers(Tensor outputs);

    /// <summary>What an epoch is worth.</summary>
    /// <param name="answers">N rows of answers.</param>
    /// <param name="validation">The N validation utterances.</param>
    public abstract EpochScore Score(float[][] answers, IReadOnlyList<Example> validation);
}

/// <summary>What an epoch's weights are worth on the validation utterances.</summary>
/// <param name="Loss">The loss, which decides between equal scores.</param>
/// <param name="Uar">UAR in [0, 1]; NaN in a regression.</param>
/// <param name="Ccc">Mean CCC over targets in [-1, 1]; NaN where classes are learned.</param>
public sealed record EpochScore(double Loss, double Uar, double Ccc)
{
    /// <summary>The number that chooses the epoch: the greater the better.</summary>
    public double Value => double.IsNaN(Uar) ? Ccc : Uar;
}
