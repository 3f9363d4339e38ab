using Undertone.Evaluation;
using Undertone.Evaluation.Metrics;

namespace Undertone.EndToEnd.Tests;

/// <summary>The lines of C# that README and guides show and that are no excerpt of a source: here they are compiled.</summary>
internal static class GuideCode
{
    public static void Predict()
    {
        using var model = EmotionModel.Load("models/my-cnn");
        var prediction = model.Predict("call.wav");
        Console.WriteLine($"{prediction.Label} {prediction.Confidence:P0}");
    }

    public static void Metric()
    {
        var table = PredictionTable.Read("predictions.csv");
        var mcc = MetricCatalog.Default.Get("mcc").Evaluate(table.Rows, table.Classes);
        var interval = ClusterBootstrap.Of(new MatthewsCorrelation(), table.Rows, table.Classes);
        Console.WriteLine($"{mcc:F3}, from {interval?.Low:F3} to {interval?.High:F3} with other speakers");
    }
}
