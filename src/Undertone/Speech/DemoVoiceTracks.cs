namespace Undertone.Speech;

/// <summary>Shapes the demo voice's control tracks.</summary>
internal static class DemoVoiceTracks
{
    /// <summary>Rounds the steps of a track by a Hann window, as muscles do. Beyond its ends the track goes on as it ended.</summary>
    /// <param name="track">The track, changed in place.</param>
    /// <param name="width">The window's width in steps; below 3 nothing changes.</param>
    public static void Smooth(double[] track, double width)
    {
        var half = (int)Math.Round(width / 2);
        if (half < 1 || track.Length == 0)
        {
            return;
        }

        var window = new double[(2 * half) + 1];
        for (var i = 0; i < window.Length; i++)
        {
            window[i] = 0.5 - (0.5 * Math.Cos(2 * Math.PI * (i + 1) / (window.Length + 1)));
        }

        var total = window.Sum();
        var original = (double[])track.Clone();
        for (var t = 0; t < track.Length; t++)
        {
            double sum = 0;
            for (var i = 0; i < window.Length; i++)
            {
                sum += window[i] * original[Math.Clamp(t + i - half, 0, original.Length - 1)];
            }

            track[t] = sum / total;
        }
    }
}
