using Undertone.Models.Networks;

namespace Undertone.Systems.Papers;

/// <summary>
/// <see cref="Zhao20192d"/> with pools that keep time: of 251 frames 31 steps are left for the LSTM to read. Not the paper's
/// network, but what its LSTM would be for.
/// </summary>
public sealed class Zhao20192dTime : DeepSystem<Zhao20192dTimeSettings>
{
    /// <inheritdoc/>
    public override string Name => "zhao-2019-2d-time";

    /// <inheritdoc/>
    public override string Summary => "2-D CNN LSTM on log-mel spectrograms with pools that keep time: the LSTM reads 31 steps";

    /// <inheritdoc/>
    public override string Citation => "after Zhao, Mao & Chen 2019, doi:10.1016/j.bspc.2018.08.035, with other pools";

    /// <inheritdoc/>
    public override PaperCard Paper { get; } = new Zhao20192d().Paper with
    {
        Reported = [],
        Tuned = new Dictionary<string, object>(),
        Tried = [],
        Choices =
        [
            .. new Zhao20192d().Paper.Choices.Where(c => !c.What.StartsWith("64, 64, 128, 128", StringComparison.Ordinal)),
            new("64, 64, 128, 128 filters of 3×3", PaperEvidence.Printed),
            new("pools along time of 2, 2, 2 and 1 in place of 2, 4, 4 and 4, which leave 31 steps", PaperEvidence.Reconstructed),
        ],
        Deviations =
        [
            "The pools are not the paper's: a published repetition reached 0.76 on EMO-DB with dense layers in place of the LSTM and 0.80 with pools that keep time; its pools are not known.",
            .. new Zhao20192d().Paper.Deviations,
        ],
    };

    /// <inheritdoc/>
    public override SequenceClassifier Build(Zhao20192dTimeSettings settings, int dimensions, int classes) =>
        new ZhaoSpectrogramNetwork(settings, dimensions, classes);
}

/// <summary>The settings of <see cref="Zhao20192dTime"/>.</summary>
public sealed record Zhao20192dTimeSettings : ZhaoSpectrogramSettings
{
    /// <inheritdoc/>
    public override IReadOnlyList<int> TimePools { get; init; } = [2, 2, 2, 1];
}
