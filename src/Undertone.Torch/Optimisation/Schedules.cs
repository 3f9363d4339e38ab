namespace Undertone.Torch;

/// <summary>Sets the learning rates of an optimiser from the number of steps (or epochs) that are over.</summary>
/// <remarks>The rates of step 0 are set when the schedule is attached; call <see cref="Step"/> after each step or epoch.</remarks>
public abstract class Schedule
{
    private Optimiser? optimiser;

    /// <summary>How many steps are over.</summary>
    public int StepsDone { get; private set; }

    /// <summary>The learning rate after a number of steps.</summary>
    /// <param name="initial">The group's initial rate.</param>
    /// <param name="step">Steps that are over.</param>
    public abstract double Rate(double initial, int step);

    /// <summary>Binds the schedule to an optimiser and sets its rates; <paramref name="step"/> goes on where a stored run stopped.</summary>
    public Schedule Attach(Optimiser target, int step = 0)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        optimiser = target;
        StepsDone = step;
        Apply();
        return this;
    }

    /// <summary>Counts a step and sets the rates.</summary>
    public void Step()
    {
        StepsDone++;
        Apply();
    }

    private void Apply()
    {
        var target = optimiser ?? throw new InvalidOperationException("the schedule is not attached to an optimiser: call Attach first");
        foreach (var group in target.Groups)
        {
            group.LearningRate = Rate(group.InitialLearningRate, StepsDone);
        }
    }
}

/// <summary>The initial rate throughout.</summary>
public sealed class ConstantSchedule : Schedule
{
    /// <inheritdoc/>
    public override double Rate(double initial, int step) => initial;
}

/// <summary>The rate times <paramref name="factor"/> after every <paramref name="period"/> steps.</summary>
public sealed class StepSchedule(int period, double factor = 0.1) : Schedule
{
    private readonly int period = period > 0 ? period : throw new ArgumentOutOfRangeException(nameof(period), period, "at least 1");

    /// <inheritdoc/>
    public override double Rate(double initial, int step) => initial * Math.Pow(factor, step / period);
}

/// <summary>The rate times <paramref name="factor"/> once more from each of the <paramref name="milestones"/> on.</summary>
public sealed class MilestoneSchedule(IReadOnlyList<int> milestones, double factor = 0.1) : Schedule
{
    /// <inheritdoc/>
    public override double Rate(double initial, int step) => initial * Math.Pow(factor, milestones.Count(m => step >= m));
}

/// <summary>
/// The rate of another schedule divided by 1 + <paramref name="decay"/> · step, as the <c>decay</c> of Keras's optimisers did
/// until version 2.10.
/// </summary>
public sealed class InverseTimeSchedule(double decay, Schedule? of = null) : Schedule
{
    private readonly double decay = decay >= 0 ? decay : throw new ArgumentOutOfRangeException(nameof(decay), decay, "at least 0");

    /// <inheritdoc/>
    public override double Rate(double initial, int step) => (of?.Rate(initial, step) ?? initial) / (1 + (decay * step));
}

/// <summary>
/// Half a cosine from the initial rate down to <paramref name="minimum"/> over <paramref name="steps"/> steps, and there it stays
/// (Loshchilov and Hutter 2017, https://arxiv.org/abs/1608.03983, without restarts).
/// </summary>
public sealed class CosineSchedule(int steps, double minimum = 0) : Schedule
{
    private readonly int steps = steps > 0 ? steps : throw new ArgumentOutOfRangeException(nameof(steps), steps, "at least 1");

    /// <inheritdoc/>
    public override double Rate(double initial, int step) =>
        minimum + ((initial - minimum) * (1 + Math.Cos(Math.PI * Math.Min(step, steps) / steps)) / 2);
}

/// <summary>
/// From <paramref name="start"/> times the rate in a straight line to the whole rate over <paramref name="steps"/> steps; then
/// another schedule, which begins at its own step 0.
/// </summary>
public sealed class WarmUpSchedule(int steps, Schedule? then = null, double start = 0.1) : Schedule
{
    private readonly int steps = steps >= 0 ? steps : throw new ArgumentOutOfRangeException(nameof(steps), steps, "at least 0");

    /// <inheritdoc/>
    public override double Rate(double initial, int step) => step < steps
        ? initial * (start + ((1 - start) * step / steps))
        : then?.Rate(initial, step - steps) ?? initial;
}

/// <summary>Lowers the rates when a measure has stopped improving.</summary>
/// <param name="optimiser">Whose rates are lowered.</param>
/// <param name="higherIsBetter">True for an accuracy or UAR, false for a loss.</param>
/// <param name="factor">What the rates are multiplied by.</param>
/// <param name="patience">Epochs without improvement that are borne.</param>
/// <param name="threshold">Relative change that counts as improvement.</param>
/// <param name="cooldown">Epochs after a change in which nothing is counted.</param>
/// <param name="minimum">Lowest rate.</param>
public sealed class ReduceOnPlateau(
    Optimiser optimiser,
    bool higherIsBetter = false,
    double factor = 0.1,
    int patience = 10,
    double threshold = 1e-4,
    int cooldown = 0,
    double minimum = 0)
{
    // As in PyTorch: a smaller change is not worth making.
    private const double LeastChange = 1e-8;
    private readonly double factor = factor is > 0 and < 1
        ? factor
        : throw new ArgumentOutOfRangeException(nameof(factor), factor, "a factor between 0 and 1 lowers the rate");

    private double best = higherIsBetter ? double.NegativeInfinity : double.PositiveInfinity;
    private int waited;
    private int resting;

    /// <summary>Takes the measure of an epoch; returns whether the rates were lowered.</summary>
    public bool Step(double measure)
    {
        var better = higherIsBetter ? measure > best * (1 + threshold) : measure < best * (1 - threshold);
        if (better)
        {
            best = measure;
            waited = 0;
        }
        else
        {
            waited++;
        }

        if (resting > 0)
        {
            resting--;
            waited = 0;
        }

        if (waited <= patience)
        {
            return false;
        }

        foreach (var group in optimiser.Groups)
        {
            var lower = Math.Max(group.LearningRate * factor, minimum);
            if (group.LearningRate - lower > LeastChange)
            {
                group.LearningRate = lower;
            }
        }

        resting = cooldown;
        waited = 0;
        return true;
    }
}
