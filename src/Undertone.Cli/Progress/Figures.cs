using System.Globalization;

namespace Undertone.Cli.Progress;

/// <summary>How numbers are shown to people.</summary>
internal static class Figures
{
    /// <summary>A share in per cent with one decimal: <c>71.4 %</c>; <c>–</c> where there is none.</summary>
    public static string Percent(double share) =>
        double.IsNaN(share) ? "–" : string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %");

    /// <summary>A number that is no share, with three decimals: <c>0.714</c>; <c>–</c> where there is none.</summary>
    public static string Decimal(double value) =>
        double.IsNaN(value) ? "–" : value.ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>A score with its name: <c>UAR 71.4 %</c>, or of a regression <c>CCC 0.613</c>.</summary>
    public static string Score(double score, bool regression) => regression
        ? $"CCC {Decimal(score)}"
        : $"UAR {Percent(score)}";

    /// <summary>A duration: <c>8.2 s</c>, <c>3 min 05 s</c>, <c>1 h 04 min</c>.</summary>
    public static string Duration(TimeSpan time) => FormattableString.Invariant(time switch
    {
        { TotalSeconds: < 60 } => $"{time.TotalSeconds:0.0} s",
        { TotalMinutes: < 60 } => $"{(int)time.TotalMinutes} min {time.Seconds:00} s",
        _ => $"{(int)time.TotalHours} h {time.Minutes:00} min",
    });

    /// <summary>A time left: <c>about 3 min 10 s left</c>; empty while nothing is known.</summary>
    public static string Left(TimeSpan? time) => time switch
    {
        null => "time left not known yet",
        { TotalSeconds: < 60 } t => string.Create(CultureInfo.InvariantCulture, $"about {Math.Max(1, Math.Ceiling(t.TotalSeconds)):0} s left"),
        { } t => $"about {Duration(t)} left",
    };

    /// <summary>A number with its noun: <c>1 trial</c>, <c>3 trials</c>.</summary>
    public static string Count(int number, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {noun}{(number == 1 ? string.Empty : "s")}");
}
