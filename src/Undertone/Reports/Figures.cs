using System.Globalization;

namespace Undertone.Reports;

/// <summary>How numbers are written in reports: in per cent with one decimal, and an en dash where there is no number.</summary>
internal static class Figures
{
    /// <summary>What stands where there is no number.</summary>
    public const string None = "–";

    /// <summary>A share in [0, 1] as <c>74.2</c>.</summary>
    public static string Percent(double share) =>
        double.IsFinite(share) ? (share * 100).ToString("F1", CultureInfo.InvariantCulture) : None;

    /// <summary>A share in [0, 1] as <c>74.2 %</c>.</summary>
    public static string PercentSign(double share) => double.IsFinite(share) ? Percent(share) + " %" : None;

    /// <summary>A number that is no share, with three decimals: <c>0.613</c>.</summary>
    public static string Decimal(double value) => double.IsFinite(value) ? value.ToString("F3", CultureInfo.InvariantCulture) : None;

    /// <summary>An interval of shares as <c>[70.1, 78.0]</c>.</summary>
    public static string Interval(double low, double high) =>
        double.IsFinite(low) && double.IsFinite(high) ? $"[{Percent(low)}, {Percent(high)}]" : None;

    /// <summary>A difference of shares in points, with its interval: <c>+3.2 [−0.4, 6.8]</c>.</summary>
    public static string Points(UarInterval difference) => double.IsFinite(difference.Low)
        ? $"{Points(difference.Estimate)} [{Signed(difference.Low)}, {Signed(difference.High)}]"
        : Points(difference.Estimate);

    /// <summary>A difference of shares in points: <c>+3.2</c>.</summary>
    public static string Points(double difference) =>
        double.IsFinite(difference) ? (difference * 100).ToString("+0.0;−0.0;0.0", CultureInfo.InvariantCulture) : None;

    /// <summary>Mean and spread as <c>74.2 ± 1.3</c>; without the spread where there is one value.</summary>
    public static string MeanSpread(double mean, double spread) =>
        double.IsFinite(spread) ? $"{Percent(mean)} ± {Percent(spread)}" : Percent(mean);

    /// <summary>A share for a machine: six decimals, or nothing.</summary>
    public static string Exact(double share) =>
        double.IsFinite(share) ? share.ToString("F6", CultureInfo.InvariantCulture) : "";

    /// <summary>A count.</summary>
    public static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);

    /// <summary>A duration as <c>41 s</c>, <c>12.5 min</c> or <c>3.2 h</c>.</summary>
    public static string Duration(double seconds) => seconds switch
    {
        < 90 => seconds.ToString("F1", CultureInfo.InvariantCulture) + " s",
        < 5400 => (seconds / 60).ToString("F1", CultureInfo.InvariantCulture) + " min",
        _ => (seconds / 3600).ToString("F2", CultureInfo.InvariantCulture) + " h",
    };

    /// <summary>A large number in three digits: <c>284 k</c>, <c>1.32 M</c>; an en dash for none.</summary>
    public static string Short(double value) => value switch
    {
        double.NaN => None,
        >= 1e9 => (value / 1e9).ToString("G3", CultureInfo.InvariantCulture) + " G",
        >= 1e6 => (value / 1e6).ToString("G3", CultureInfo.InvariantCulture) + " M",
        >= 1e3 => (value / 1e3).ToString("G3", CultureInfo.InvariantCulture) + " k",
        _ => value.ToString("G3", CultureInfo.InvariantCulture),
    };

    /// <summary>A p value: <c>0.012</c>, <c>&lt;0.001</c>; an en dash for none.</summary>
    public static string PValue(double? p) => p switch
    {
        null or double.NaN => None,
        < 0.001 => "<0.001",
        < 0.9995 => p.Value.ToString("0.000", CultureInfo.InvariantCulture),
        _ => "1",
    };

    private static string Signed(double difference) => (difference * 100).ToString("0.0;−0.0;0.0", CultureInfo.InvariantCulture);

    /// <summary>A noun with its number: <c>1 trial</c>, <c>10 trials</c>.</summary>
    public static string Of(int count, string singular, string? plural = null) =>
        Count(count) + " " + (count == 1 ? singular : plural ?? singular + "s");
}
