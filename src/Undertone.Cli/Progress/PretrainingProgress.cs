using System.Globalization;
using Undertone.Models.Pretraining;

namespace Undertone.Cli.Progress;

/// <summary>Shows how a network learns before it is shown labels.</summary>
internal static class PretrainingProgress
{
    /// <summary>Such epochs are short and many: each tenth is shown, and the last.</summary>
    private const int Every = 10;

    public static void Show(PretrainingEpoch epoch)
    {
        if (epoch.Epoch % Every == 0 || epoch.Epoch == epoch.Epochs)
        {
            Console.WriteLine(Text(epoch));
        }
    }

    /// <summary>An epoch in words.</summary>
    public static string Text(PretrainingEpoch epoch) =>
        string.Create(CultureInfo.InvariantCulture, $"pre-training, {epoch.Stage}, epoch {epoch.Epoch} of {epoch.Epochs}  error {epoch.Error:0.000}");
}
