using Undertone.Training;

namespace Undertone.Systems.Papers;

/// <summary>What the two networks of Zhao, Mao &amp; Chen 2019 share: how they are trained, and what is known of it.</summary>
internal static class ZhaoTraining
{
    public const string Paper =
        "Zhao, Mao & Chen 2019, Speech emotion recognition using deep 1D & 2D CNN LSTM networks, Biomedical Signal Processing and Control 47:312-323, doi:10.1016/j.bspc.2018.08.035";

    public const string Description = "stochastic gradient descent, rate 1e-4, Nesterov momentum 0.9, decay of the rate 1e-6; softmax";

    public const string Protocol = "speaker-dependent, where speakers are in training and test both, and speaker-independent; how either was split is not known";

    public static PaperSplit Split { get; } = new(20, PaperEvidence.Reconstructed);

    /// <summary>Patience is long, since the UAR of a few speakers stands still for many epochs under so small a rate.</summary>
    public static TrainingSettings Settings { get; } = PaperSettings.Plain with
    {
        Epochs = 30,
        BatchSize = 32,
        LearningRate = 1e-4,
        Optimiser = new OptimiserSettings
        {
            Kind = OptimiserKind.Sgd,
            Momentum = 0.9,
            Nesterov = true,
            Decay = 1e-6,
            Schedule = RateSchedule.Constant,
        },
        Selection = WeightSelection.Best,
        EarliestEpoch = 1,
        Patience = 30,
        Refit = false,
    };

    public static IReadOnlyList<PaperChoice> Choices { get; } =
    [
        new("SGD, rate 1e-4, Nesterov momentum 0.9, decay 1e-6", PaperEvidence.Printed),
        new("batches of 32, early stopping (the published repetition)", PaperEvidence.Printed),
        new("at most 30 epochs", PaperEvidence.Reconstructed),
    ];

    public static IReadOnlyList<string> Deviations { get; } =
    [
        "Training stops by the UAR of validation speakers, over at most 30 epochs; the published repetition stops by the loss, with a patience of 8 of at most 1500. Without validation speakers, as in experiments/table-3.yaml, it trains for 30 epochs, for what more would cost: at so small a rate that is not the end of training.",
        "Batches hold utterances of similar length.",
    ];
}
