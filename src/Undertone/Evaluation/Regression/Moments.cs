namespace Undertone.Evaluation.Regression;

/// <summary>Means, variances and covariance of paired values, with n below, in two passes.</summary>
internal readonly record struct Moments(double TruthMean, double PredictedMean, double TruthVariance, double PredictedVariance, double Covariance)
{
    public static Moments Of(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted)
    {
        double truthMean = 0, predictedMean = 0;
        for (var i = 0; i < truth.Length; i++)
        {
            truthMean += truth[i];
            predictedMean += predicted[i];
        }

        truthMean /= truth.Length;
        predictedMean /= truth.Length;
        double truthSquares = 0, predictedSquares = 0, products = 0;
        for (var i = 0; i < truth.Length; i++)
        {
            var (t, p) = (truth[i] - truthMean, predicted[i] - predictedMean);
            truthSquares += t * t;
            predictedSquares += p * p;
            products += t * p;
        }

        return new(truthMean, predictedMean, truthSquares / truth.Length, predictedSquares / truth.Length, products / truth.Length);
    }
}
