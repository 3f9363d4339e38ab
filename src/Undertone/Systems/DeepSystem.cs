using Undertone.Corpora;
using Undertone.Models.Networks;
using Undertone.Training;

namespace Undertone.Systems;

/// <summary>A system whose model is a network.</summary>
public abstract class DeepSystem : EmotionSystem
{
    /// <summary>Builds the network with initial weights.</summary>
    /// <param name="settings">The settings, of the type of <see cref="EmotionSystem.Defaults"/>.</param>
    /// <param name="dimensions">Values of a feature frame.</param>
    /// <param name="classes">The number of classes, or of a regression's targets.</param>
    public abstract SequenceClassifier Build(DeepSettings settings, int dimensions, int classes);

    /// <inheritdoc/>
    public override void Require(SystemSettings settings, TrainingTask task, string corpus, IReadOnlyList<Utterance> utterances)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(utterances);
        RequireLoss((DeepSettings)settings, task);
        if (((DeepSettings)settings).Training.SoftLabels is null)
        {
            return;
        }

        if (task.IsRegression)
        {
            throw new UndertoneException($"training.soft-labels: votes are votes for classes, and the target is {string.Join(", ", task.Targets)}; leave it out, or set target: emotion.");
        }

        var voted = utterances.Where(u => u.Votes is not null).ToList();
        if (voted.Count == 0)
        {
            throw new UndertoneException($"training.soft-labels: votes needs annotators' votes, and no utterance of the corpus '{corpus}' has any; leave it out, or choose a corpus with votes.");
        }

        if (!voted.Any(u => u.Votes!.Counts.Any(v => task.Classes.Contains(v.Key))))
        {
            throw new UndertoneException(
                $"training.soft-labels: votes: the votes of the corpus '{corpus}' ({string.Join(", ", voted.SelectMany(u => u.Votes!.Counts.Select(v => v.Key)).Distinct().Take(5))}, ...) "
                + $"are for none of the classes {string.Join(", ", task.Classes)}; leave it out.");
        }
    }

    /// <summary>Refuses a loss that the task or the network does not allow.</summary>
    private void RequireLoss(DeepSettings settings, TrainingTask task)
    {
        if (settings.Training.Loss is not { } loss)
        {
            return;
        }

        if (task.IsRegression && loss == ((DeepSettings)Defaults).Training.Loss)
        {
            // The system's own loss for classes, which nobody asked for here, stands aside.
            return;
        }

        if (task.IsRegression)
        {
            throw new UndertoneException($"training.loss is a loss of classes, and the target is {string.Join(", ", task.Targets)}; leave it out (training.regression-loss is that of values), or set target: emotion.");
        }

        if (loss.Kind == LossKind.Ordinal && !task.IsOrdered)
        {
            throw new UndertoneException($"training.loss.kind: ordinal needs classes in an order, and {string.Join(", ", task.Classes)} have none; leave it out, or set target: intensity.");
        }

        if (!loss.ReadsEmbedding)
        {
            return;
        }

        using var network = Build(settings, settings.FeatureSet.CreateExtractor().Dimensions, task.Outputs);
        if (network is not EmbeddingClassifier)
        {
            throw new UndertoneException(
                $"training.loss.kind: {(loss.Kind == LossKind.Centre ? "centre" : "triplet")} looks at the vector before the output layer, and the network of '{Name}' does not give it; "
                + "choose cross-entropy or focal, or a system whose network does, such as cnn, cnn-lstm or bigru.");
        }
    }
}
