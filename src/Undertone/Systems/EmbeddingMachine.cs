using System.Globalization;
using Undertone.Features;
using Undertone.Models;
using Undertone.Models.Networks;
using Undertone.Models.SupportVectors;
using Undertone.Torch;
using Undertone.Training;

namespace Undertone.Systems;

/// <summary>Support vector machines on the embedding of a trained network, in the place of its output layer.</summary>
/// <param name="network">The network.</param>
/// <param name="machine">The machines, fitted on its embeddings of the fold's training utterances.</param>
internal sealed class EmbeddingMachine(EmbeddingClassifier network, SupportVectorMachine machine)
{
    private const string MachineFile = "machine.safetensors";

    /// <summary>Numbers of the machines, besides the network's.</summary>
    public long Parameters => machine.Parameters;

    /// <summary>What they cost an utterance, besides the network.</summary>
    public long MultiplyAdds => machine.MultiplyAdds(1);

    /// <summary>Fits the machines.</summary>
    /// <param name="network">A trained network with an embedding.</param>
    /// <param name="options">Kernel and cost.</param>
    /// <param name="train">N training examples, as they are.</param>
    /// <param name="speakers">Their speakers.</param>
    /// <param name="request">Classes, seed and cancellation.</param>
    /// <param name="device">Where the network lies.</param>
    /// <exception cref="UndertoneException">The training utterances are of one class, or libsvm is missing.</exception>
    public static EmbeddingMachine Fit(
        SequenceClassifier network, SupportVectorMachineOptions options, IReadOnlyList<Example> train, IReadOnlyList<string> speakers, TrainingRequest request, Device device)
    {
        var embedding = (EmbeddingClassifier)network;
        var labels = train.Select(e => e.Label).ToList();
        if (labels.Distinct().Count() < 2)
        {
            throw new UndertoneException($"the fold's {train.Count} training utterances are of one class; support vector machines tell classes apart and need at least two.");
        }

        return new EmbeddingMachine(embedding, SupportVectorMachine.Fit(
            new ClassifierData
            {
                Features = Vectors(embedding, [.. train.Select(e => e.Features)], device),
                Labels = labels,
                Classes = request.Task.Outputs,
                Speakers = speakers,
                ClassWeights = ClassifierData.BalancedWeights(labels, request.Task.Outputs),
                Seed = request.Seed,
                Cancellation = request.Cancellation,
            },
            options));
    }

    /// <summary>Reads what <see cref="Write"/> kept.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <param name="networks">The networks, with their weights.</param>
    /// <param name="options">The options that the machines were fitted with.</param>
    /// <param name="classes">The number of classes.</param>
    /// <exception cref="UndertoneException">The file is missing or damaged.</exception>
    public static IReadOnlyList<EmbeddingMachine> Read(string folder, IReadOnlyList<SequenceClassifier> networks, SupportVectorMachineOptions options, int classes)
    {
        var arrays = ModelArrays.Read(Path.Combine(folder, MachineFile));
        return [.. networks.Select((n, member) => new EmbeddingMachine((EmbeddingClassifier)n, SupportVectorMachine.Read(arrays.Within(Name(member)), options, classes)))];
    }

    /// <summary>Keeps the machines in a file of their own; none where there are none.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <param name="machines">One a network.</param>
    public static void Write(string folder, IReadOnlyList<EmbeddingMachine> machines)
    {
        if (machines.Count == 0)
        {
            return;
        }

        var arrays = new ModelArrays();
        for (var member = 0; member < machines.Count; member++)
        {
            machines[member].Keep(arrays.Within(Name(member)));
        }

        arrays.Write(Path.Combine(folder, MachineFile));
    }

    /// <summary>What the machines say of feature sequences.</summary>
    /// <param name="features">N normalised sequences.</param>
    /// <param name="device">Where the network lies.</param>
    /// <returns>N rows of probabilities.</returns>
    public float[][] Answers(IReadOnlyList<FeatureMatrix> features, Device device) =>
        [.. Vectors(network, features, device).Select(v => machine.Probabilities(v).Select(p => (float)p).ToArray())];

    private static string Name(int member) => member.ToString(CultureInfo.InvariantCulture);

    private static FeatureMatrix[] Vectors(EmbeddingClassifier network, IReadOnlyList<FeatureMatrix> features, Device device) =>
        [.. NetworkTrainer.Embeddings(network, features, device).Select(v => new FeatureMatrix(v, 1, v.Length))];

    private void Keep(ModelArrays arrays) => machine.Write(arrays);
}
