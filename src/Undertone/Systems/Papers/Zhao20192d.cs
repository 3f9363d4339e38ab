using Undertone.Models.Networks;

namespace Undertone.Systems.Papers;

/// <summary>
/// The 2-D CNN LSTM network on log-mel spectrograms, pooled as the paper prints it: of 251 frames one step is left, so that the
/// LSTM reads a sequence of one. <see cref="Zhao20192dTime"/> keeps time.
/// </summary>
public sealed class Zhao20192d : DeepSystem<Zhao20192dSettings>
{
    /// <inheritdoc/>
    public override string Name => "zhao-2019-2d";

    /// <inheritdoc/>
    public override string Summary => "2-D CNN LSTM on log-mel spectrograms, pooled as printed: the LSTM reads one step";

    /// <inheritdoc/>
    public override string Citation => "Zhao, Mao & Chen 2019, doi:10.1016/j.bspc.2018.08.035";

    /// <inheritdoc/>
    public override PaperCard Paper { get; } = new()
    {
        Citation = ZhaoTraining.Paper,
        Input = "log-mel spectrogram of 128 bands × 251 frames, 8 s",
        Training = ZhaoTraining.Description,
        Protocol = ZhaoTraining.Protocol,
        Split = ZhaoTraining.Split,
        Reported =
        [
            new("iemocap", "UAR", 52.14, "quoted by a review"),
            new("emodb", "accuracy", 95.33, "speaker-dependent; recalled, not checked, and no repetition comes near"),
            new("emodb", "accuracy", 95.89, "speaker-independent; recalled, not checked, and no repetition comes near") { SpeakersApart = true },
        ],
        Choices =
        [
            new("log-mel spectrogram of 128 × 251", PaperEvidence.Printed),
            new("steps of 512 samples: 8 s at 16 kHz have 1 + 128000 / 512 = 251 frames", PaperEvidence.Computed),
            new("windows of 2048 samples, 80 dB below the loudest", PaperEvidence.Reconstructed),
            new("a block is convolution, batch normalisation, ELU, max-pooling", PaperEvidence.Printed),
            new("64, 64, 128, 128 filters of 3×3; pools of 2×2, 4×4, 4×4, 4×4, which leave one step of time", PaperEvidence.Printed),
            new("LSTM of 256 units, its last state, softmax", PaperEvidence.Reconstructed),
            .. ZhaoTraining.Choices,
            new("each band is standardised by the training speakers' mean and deviation", PaperEvidence.Reconstructed),
        ],
        Deviations =
        [
            "Of utterances longer than 8 s the middle is seen; shorter ones are filled up at the end with the lowest level.",
            "The LSTM's gates have two biases each, as PyTorch has it, where Keras has one.",
            .. ZhaoTraining.Deviations,
        ],
        Tuned = PaperSettings.Recipe(epochs: 15, rate: 1e-3),
        Tried =
        [
            "AdamW along a cosine with a rate of 1e-3, batches of 16, weight decay, label smoothing, class weights and averaged weights, 15 epochs, kept: 68.3 % UAR on EMO-DB's development speakers. As printed, thirty epochs leave it at chance; the published repetition allows 1500, which were not run.",
            "What is kept, over 15 epochs with utterances also a tenth slower and faster and mixed with each other: 65.8 %.",
        ],
    };

    /// <inheritdoc/>
    public override SequenceClassifier Build(Zhao20192dSettings settings, int dimensions, int classes) =>
        new ZhaoSpectrogramNetwork(settings, dimensions, classes);
}

/// <summary>The settings of <see cref="Zhao20192d"/>.</summary>
public sealed record Zhao20192dSettings : ZhaoSpectrogramSettings
{
    /// <inheritdoc/>
    public override IReadOnlyList<int> TimePools { get; init; } = [2, 4, 4, 4];
}
