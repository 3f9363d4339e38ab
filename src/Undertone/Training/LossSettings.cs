using System.Globalization;
using System.Text.Json.Serialization;

namespace Undertone.Training;

/// <summary>Which loss teaches a network classes.</summary>
public enum LossKind
{
    /// <summary>Cross-entropy.</summary>
    CrossEntropy,

    /// <summary>Cross-entropy in which utterances that are right already count little (<see cref="FocalLoss"/>).</summary>
    Focal,

    /// <summary>Cross-entropy, and the distance of each embedding from its class's centre (<see cref="CentreLoss"/>).</summary>
    Centre,

    /// <summary>Cross-entropy, and embeddings of a class nearer to each other than to other classes' (<see cref="TripletLoss"/>).</summary>
    Triplet,

    /// <summary>For classes in an order, such as intensities: an error costs the more, the farther off it is (<see cref="OrdinalLoss"/>).</summary>
    Ordinal,
}

/// <summary>The loss of a classification and its settings: <c>training.loss: { kind: focal, gamma: 2 }</c>.</summary>
public sealed record LossSettings : IValidatedSettings
{
    /// <summary>Which loss. Default cross-entropy.</summary>
    public LossKind Kind { get; init; }

    /// <summary>Of the focal loss: how fast an utterance's share falls as it is learned, at least 0; at 0 it is cross-entropy. Default 2, the paper's.</summary>
    public double Gamma { get; init; } = 2;

    /// <summary>
    /// Of centre and triplet loss: what they weigh beside cross-entropy, which weighs 1; null is 0.003 for centre, as in its
    /// paper, and 0.1 for triplet.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Weight { get; init; }

    /// <summary>Of the centre loss: how far centres move with each batch, in (0, 1]. Default 0.5, the paper's.</summary>
    public double CentreRate { get; init; } = 0.5;

    /// <summary>Of the triplet loss: by how much other classes must be farther; null is the soft margin, which asks for ever more with ever less force.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Margin { get; init; }

    /// <summary>Whether the loss looks at the vector before the output layer.</summary>
    [JsonIgnore]
    public bool ReadsEmbedding => Kind is LossKind.Centre or LossKind.Triplet;

    /// <summary><see cref="Weight"/>, or its default for the kind.</summary>
    internal double EmbeddingWeight => Weight ?? (Kind == LossKind.Centre ? 0.003 : 0.1);

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        (string Name, double? Value, bool Possible, string Expected)[] checks =
        [
            ("gamma", Gamma, Gamma >= 0 && double.IsFinite(Gamma), "at least 0"),
            ("weight", Weight, Weight is null || (Weight > 0 && double.IsFinite(Weight.Value)), "greater than 0"),
            ("centre-rate", CentreRate, CentreRate is > 0 and <= 1, "in (0, 1]"),
            ("margin", Margin, Margin is null || (Margin > 0 && double.IsFinite(Margin.Value)), "greater than 0"),
        ];
        return checks.Where(c => !c.Possible)
            .Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Name} must be {c.Expected}, but is {c.Value}"));
    }
}
