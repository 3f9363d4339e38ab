using System.Globalization;
using System.Net;
using System.Text;

namespace Undertone.Reports;

/// <summary>Small drawings as inline SVG: an interval with its estimate, and training curves. Each carries its text for those who cannot see it.</summary>
internal static class Pictures
{
    /// <summary>An estimate and its interval on an axis from 0 to 100 %, with a dotted line at chance.</summary>
    /// <param name="estimate">In [0, 1].</param>
    /// <param name="low">Lower end, in [0, 1]; NaN draws no interval.</param>
    /// <param name="high">Upper end.</param>
    /// <param name="chance">The chance level, in [0, 1].</param>
    public static string Interval(double estimate, double low, double high, double chance)
    {
        const int width = 116, height = 18;
        var svg = Open(
            width, height, $"{Figures.PercentSign(estimate)}, interval {Figures.Interval(low, high)}, chance {Figures.PercentSign(chance)}");
        Line(svg, "axis", X(0), 9, X(1), 9);
        Line(svg, "chance", X(chance), 1, X(chance), 17);
        if (double.IsFinite(low) && double.IsFinite(high))
        {
            Line(svg, "whisker", X(low), 9, X(high), 9);
        }

        if (double.IsFinite(estimate))
        {
            svg.Append(CultureInfo.InvariantCulture, $"<circle class=\"dot\" cx=\"{Number(X(estimate))}\" cy=\"9\" r=\"3\"/>");
        }

        return svg.Append("</svg>").ToString();

        static double X(double share) => 2 + (share * (width - 4));
    }

    /// <summary>Curves over epochs, one thin line for each trial.</summary>
    /// <param name="title">What is drawn, for the text alternative.</param>
    /// <param name="curves">One list of values for each trial, from epoch 1; a NaN breaks the line.</param>
    /// <param name="low">The axis's lower end.</param>
    /// <param name="high">The axis's upper end.</param>
    /// <param name="label">How a value of the axis is written.</param>
    /// <param name="chance">A dotted line at this value; NaN draws none.</param>
    public static string Curves(
        string title, IReadOnlyList<IReadOnlyList<double>> curves, double low, double high, Func<double, string> label, double chance)
    {
        const int width = 420, height = 170, left = 44, right = 10, top = 10, bottom = 24;
        var epochs = Math.Max(2, curves.Max(c => c.Count));
        var svg = Open(width, height, title);
        for (var i = 0; i <= 2; i++)
        {
            var value = low + ((high - low) * i / 2);
            Line(svg, "axis", left, Y(value), width - right, Y(value));
            Text(svg, left - 6, Y(value) + 4, "end", label(value));
        }

        Text(svg, left, height - 6, "start", "epoch 1");
        Text(svg, width - right, height - 6, "end", Figures.Count(curves.Max(c => c.Count)));
        if (double.IsFinite(chance))
        {
            Line(svg, "chance", left, Y(chance), width - right, Y(chance));
        }

        foreach (var curve in curves)
        {
            Path(svg, curve);
        }

        return svg.Append("</svg>").ToString();

        double X(int epoch) => left + ((width - left - right) * epoch / (double)(epochs - 1));
        double Y(double value) => top + ((height - top - bottom) * (1 - Math.Clamp((value - low) / (high - low), 0, 1)));

        void Path(StringBuilder to, IReadOnlyList<double> curve)
        {
            to.Append("<path class=\"line\" d=\"");
            var pen = 'M';
            for (var e = 0; e < curve.Count; e++)
            {
                if (!double.IsFinite(curve[e]))
                {
                    pen = 'M';
                    continue;
                }

                to.Append(CultureInfo.InvariantCulture, $"{pen}{Number(X(e))} {Number(Y(curve[e]))}");
                pen = 'L';
            }

            to.Append("\"/>");
        }
    }

    private static StringBuilder Open(int width, int height, string title) => new StringBuilder().Append(
        CultureInfo.InvariantCulture,
        $"<svg viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(title)}\">");

    private static void Line(StringBuilder svg, string kind, double x1, double y1, double x2, double y2) => svg.Append(
        CultureInfo.InvariantCulture,
        $"<line class=\"{kind}\" x1=\"{Number(x1)}\" y1=\"{Number(y1)}\" x2=\"{Number(x2)}\" y2=\"{Number(y2)}\"/>");

    private static void Text(StringBuilder svg, double x, double y, string anchor, string text) => svg.Append(
        CultureInfo.InvariantCulture,
        $"<text x=\"{Number(x)}\" y=\"{Number(y)}\" text-anchor=\"{anchor}\">{WebUtility.HtmlEncode(text)}</text>");

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
