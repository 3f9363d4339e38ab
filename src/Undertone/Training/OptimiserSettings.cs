using System.Globalization;
using System.Text.Json.Serialization;

namespace Undertone.Training;

/// <summary>What turns gradients into steps.</summary>
public enum OptimiserKind
{
    /// <summary>Adam with decoupled weight decay (Loshchilov &amp; Hutter 2019, arXiv:1711.05101).</summary>
    AdamW,

    /// <summary>Adam (Kingma &amp; Ba 2015, arXiv:1412.6980); weight decay is added to the gradient.</summary>
    Adam,

    /// <summary>Stochastic gradient descent with momentum (Sutskever et al. 2013, proceedings.mlr.press/v28/sutskever13); weight decay is added to the gradient.</summary>
    Sgd,
}

/// <summary>How the learning rate goes after the warm-up.</summary>
public enum RateSchedule
{
    /// <summary>It falls as half a cosine to zero at the last step (Loshchilov &amp; Hutter 2017, arXiv:1608.03983).</summary>
    Cosine,

    /// <summary>It stays.</summary>
    Constant,

    /// <summary>It is multiplied by <see cref="OptimiserSettings.DropFactor"/> after each epoch of <see cref="OptimiserSettings.DropEpochs"/>.</summary>
    Drops,
}

/// <summary>
/// The optimiser and how its learning rate goes, where a published system has another than AdamW along a cosine:
/// <c>training.optimiser: { kind: sgd, momentum: 0.9, nesterov: true, decay: 1e-6, schedule: constant }</c>.
/// </summary>
public sealed record OptimiserSettings : IValidatedSettings
{
    /// <summary>Which optimiser. Default AdamW.</summary>
    public OptimiserKind Kind { get; init; }

    /// <summary>Of SGD: the share of the last step that is kept, in [0, 1). Default 0.9.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>Of SGD: whether the gradient is taken where momentum alone would lead (Nesterov). Default false.</summary>
    public bool Nesterov { get; init; }

    /// <summary>
    /// The rate after n steps is divided by 1 + decay · n, whatever the schedule; at least 0. It is what Keras called the
    /// <c>decay</c> of its optimisers, and not a decay of weights. Default 0.
    /// </summary>
    public double Decay { get; init; }

    /// <summary>How the learning rate goes after the warm-up. Default cosine.</summary>
    public RateSchedule Schedule { get; init; }

    /// <summary>Epochs after which the rate falls, where the schedule is <c>drops</c>: <c>[10]</c>. Null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<int>? DropEpochs { get; init; }

    /// <summary>What the rate is multiplied by at each fall, in (0, 1). Default 0.1.</summary>
    public double DropFactor { get; init; } = 0.1;

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        (string Name, string Value, bool Possible, string Expected)[] checks =
        [
            ("momentum", Text(Momentum), Momentum is >= 0 and < 1, "in [0, 1)"),
            ("momentum", Text(Momentum), !(Nesterov && Momentum == 0), "greater than 0 where nesterov is true"),
            ("decay", Text(Decay), Decay >= 0 && double.IsFinite(Decay), "at least 0"),
            ("drop-factor", Text(DropFactor), DropFactor is > 0 and < 1, "in (0, 1)"),
            ("drop-epochs", $"[{string.Join(", ", DropEpochs ?? [])}]", DropEpochs is null || DropEpochs.All(e => e >= 1), "of at least 1"),
            ("drop-epochs", "none", Schedule != RateSchedule.Drops || DropEpochs is { Count: > 0 }, "given where schedule is drops, such as [10]"),
        ];
        return checks.Where(c => !c.Possible).Select(c => $"{c.Name} must be {c.Expected}, but is {c.Value}");
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
