using Undertone.Torch;

namespace Undertone.Training;

/// <summary>Makes the optimiser and the schedule that <see cref="TrainingSettings"/> name.</summary>
internal static class OptimiserCreation
{
    /// <summary>The optimiser of a network.</summary>
    /// <param name="settings">Kind, learning rate, weight decay.</param>
    /// <param name="network">The network.</param>
    public static Optimiser CreateOptimiser(this TrainingSettings settings, Module network)
    {
        // Decay pulls weights to zero; biases and normalisation scales have no reason to be there.
        var all = network.Parameters().ToList();
        ParameterGroup[] groups =
        [
            new(all.Where(p => p.Dimensions > 1), settings.LearningRate, settings.WeightDecay),
            new(all.Where(p => p.Dimensions <= 1), settings.LearningRate),
        ];
        return settings.Optimiser switch
        {
            null or { Kind: OptimiserKind.AdamW } => new AdamW(groups),
            { Kind: OptimiserKind.Adam } => new Adam(groups),
            { Kind: OptimiserKind.Sgd } sgd => new Sgd(groups, sgd.Momentum, sgd.Nesterov),
            var other => throw new ArgumentOutOfRangeException(nameof(settings), other.Kind, "There is no such optimiser."),
        };
    }

    /// <summary>How the learning rate goes, step by step.</summary>
    /// <param name="settings">Epochs, warm-up and schedule.</param>
    /// <param name="stepsPerEpoch">Batches of an epoch.</param>
    public static Schedule CreateSchedule(this TrainingSettings settings, int stepsPerEpoch)
    {
        var steps = settings.Epochs * stepsPerEpoch;
        var warmUp = (int)Math.Round(settings.WarmUp * steps);
        var optimiser = settings.Optimiser ?? new OptimiserSettings();
        Schedule then = optimiser.Schedule switch
        {
            RateSchedule.Cosine => new CosineSchedule(Math.Max(1, steps - warmUp)),
            RateSchedule.Constant => new ConstantSchedule(),
            RateSchedule.Drops => new MilestoneSchedule([.. (optimiser.DropEpochs ?? []).Select(e => Math.Max(0, (e * stepsPerEpoch) - warmUp))], optimiser.DropFactor),
            var other => throw new ArgumentOutOfRangeException(nameof(settings), other, "There is no such schedule."),
        };
        var schedule = new WarmUpSchedule(warmUp, then, start: 0);
        return optimiser.Decay > 0 ? new InverseTimeSchedule(optimiser.Decay, schedule) : schedule;
    }
}
