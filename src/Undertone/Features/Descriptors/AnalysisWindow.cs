namespace Undertone.Features.Descriptors;

/// <summary>Windows that are symmetric about the frame's middle, as openSMILE's sets have them.</summary>
internal static class AnalysisWindow
{
    /// <summary>Hamming: 0.54 − 0.46·cos(2πn / (N − 1)).</summary>
    public static double[] Hamming(int length)
    {
        var window = new double[length];
        for (var n = 0; n < length; n++)
        {
            window[n] = 0.54 - (0.46 * Math.Cos(2 * Math.PI * n / (length - 1)));
        }

        return window;
    }

    /// <summary>Gaussian: exp(−½·((n − m) / (σ·m))²) with m the frame's middle.</summary>
    public static double[] Gaussian(int length, double sigma)
    {
        var window = new double[length];
        var middle = (length - 1) / 2.0;
        for (var n = 0; n < length; n++)
        {
            var x = (n - middle) / (sigma * middle);
            window[n] = Math.Exp(-0.5 * x * x);
        }

        return window;
    }
}
