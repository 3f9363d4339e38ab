using Undertone.Training;

namespace Undertone.Reports.Charts;

/// <summary>
/// Parts a trial's history into the networks that it tells of. A trial may train several, and refit them on training and
/// validation speakers together; its history counts the epochs of all of them on. A new network shows in its loss, which
/// is back where the first one began.
/// </summary>
public static class TrainingFits
{
    /// <summary>Parts a history.</summary>
    /// <param name="history">The epochs of all networks, in the order of training.</param>
    /// <returns>The epochs of each network, counted from 1.</returns>
    public static IReadOnlyList<IReadOnlyList<EpochRecord>> Of(IReadOnlyList<EpochRecord> history)
    {
        ArgumentNullException.ThrowIfNull(history);
        var fits = new List<List<EpochRecord>>();
        for (var i = 0; i < history.Count; i++)
        {
            if (i == 0 || Begins(history[0], history[i - 1], history[i]))
            {
                fits.Add([]);
            }

            fits[^1].Add(history[i] with { Epoch = fits[^1].Count + 1 });
        }

        return fits;
    }

    private static bool Begins(EpochRecord first, EpochRecord before, EpochRecord now) =>
        now.Epoch <= before.Epoch
        || (double.IsFinite(before.ValidationLoss) && !double.IsFinite(now.ValidationLoss))
        || (now.TrainLoss > 0.8 * first.TrainLoss && now.TrainLoss > 1.25 * before.TrainLoss);
}
