using System.Globalization;
using System.Text;

namespace Undertone.Reports;

/// <summary>
/// The shades of a confusion matrix's cells: eleven steps from the page's own colour to a deep blue, for a light and
/// a dark page, each with a colour of text that stands out from it by at least 4.5 : 1 (WCAG 2.2, success
/// criterion 1.4.3).
/// </summary>
public static class Shades
{
    private const string DarkText = "#000000";
    private const string LightText = "#ffffff";

    /// <summary>The number of steps.</summary>
    public const int Steps = 11;

    /// <summary>Background and text of each step on a light page.</summary>
    public static IReadOnlyList<(string Background, string Text)> Light { get; } = Build((0xff, 0xff, 0xff), (0x1d, 0x4f, 0x80));

    /// <summary>Background and text of each step on a dark page.</summary>
    public static IReadOnlyList<(string Background, string Text)> Dark { get; } = Build((0x17, 0x1b, 0x20), (0x8f, 0xc1, 0xee));

    /// <summary>The step that shows a share.</summary>
    /// <param name="share">In [0, 1]; NaN (a class without rows) is step 0.</param>
    /// <returns>0 to <see cref="Steps"/> − 1.</returns>
    public static int StepOf(double share) =>
        double.IsNaN(share) ? 0 : (int)Math.Round(Math.Clamp(share, 0, 1) * (Steps - 1), MidpointRounding.AwayFromZero);

    /// <summary>The CSS rules of classes <c>s0</c> to <c>s10</c>.</summary>
    /// <param name="shades"><see cref="Light"/> or <see cref="Dark"/>.</param>
    public static string Css(IReadOnlyList<(string Background, string Text)> shades)
    {
        var css = new StringBuilder();
        for (var i = 0; i < shades.Count; i++)
        {
            css.Append(CultureInfo.InvariantCulture, $".s{i}{{background:{shades[i].Background};color:{shades[i].Text}}}");
        }

        return css.ToString();
    }

    /// <summary>The contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio").</summary>
    /// <param name="first"><c>#rrggbb</c>.</param>
    /// <param name="second"><c>#rrggbb</c>.</param>
    public static double Contrast(string first, string second)
    {
        var (a, b) = (Luminance(first), Luminance(second));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static (string, string)[] Build((int R, int G, int B) from, (int R, int G, int B) to)
    {
        var shades = new (string, string)[Steps];
        for (var i = 0; i < Steps; i++)
        {
            var t = i / (double)(Steps - 1);
            var background = string.Create(
                CultureInfo.InvariantCulture, $"#{Mix(from.R, to.R, t):x2}{Mix(from.G, to.G, t):x2}{Mix(from.B, to.B, t):x2}");
            var text = Contrast(background, DarkText) >= Contrast(background, LightText) ? DarkText : LightText;
            shades[i] = (background, text);
        }

        return shades;
    }

    private static int Mix(int from, int to, double t) => (int)Math.Round(from + ((to - from) * t));

    private static double Luminance(string colour)
    {
        var value = int.Parse(colour.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return (0.2126 * Linear(value >> 16)) + (0.7152 * Linear((value >> 8) & 255)) + (0.0722 * Linear(value & 255));
    }

    private static double Linear(int channel)
    {
        var c = channel / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
    }
}
