using System.Globalization;
using Undertone.Features;

namespace Undertone.Models;

/// <summary>What a classifier is fitted on: N utterances of the fold's training speakers.</summary>
public sealed record ClassifierData
{
    /// <summary>N normalised feature matrices of one number of dimensions; one frame each for functionals.</summary>
    public required IReadOnlyList<FeatureMatrix> Features { get; init; }

    /// <summary>N indices of classes.</summary>
    public required IReadOnlyList<int> Labels { get; init; }

    /// <summary>The number of classes C; a fold may hold no utterance of one.</summary>
    public required int Classes { get; init; }

    /// <summary>N speakers, for what is chosen by leaving some of them out.</summary>
    public required IReadOnlyList<string> Speakers { get; init; }

    /// <summary>What an error costs by class, C numbers; all 1 where classes are not balanced.</summary>
    public required IReadOnlyList<double> ClassWeights { get; init; }

    /// <summary>The seed of every random choice.</summary>
    public required int Seed { get; init; }

    /// <summary>Ends the fit early.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Values of a frame.</summary>
    public int Dimensions => Features[0].Dimensions;

    /// <summary>
    /// Weights that make every class count the same: N / (classes present × utterances of the class), as scikit-learn's
    /// <c>class_weight="balanced"</c>; 0 for a class without utterances.
    /// </summary>
    /// <param name="labels">N indices of classes.</param>
    /// <param name="classes">The number of classes C.</param>
    /// <returns>C weights.</returns>
    public static double[] BalancedWeights(IReadOnlyList<int> labels, int classes)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var counts = new int[classes];
        foreach (var label in labels)
        {
            counts[label]++;
        }

        var present = counts.Count(c => c > 0);
        return [.. counts.Select(c => c == 0 ? 0 : labels.Count / ((double)present * c))];
    }

    /// <summary>The single frames of functionals as rows.</summary>
    /// <param name="classifier">The classifier's name, for the error.</param>
    /// <returns>N rows of D values, not copied.</returns>
    /// <exception cref="UndertoneException">An utterance has several frames.</exception>
    public float[][] Rows(string classifier) => [.. Features.Select(f => Row(f, classifier))];

    /// <summary>The single frame of functionals.</summary>
    /// <param name="features">The features of an utterance.</param>
    /// <param name="classifier">The classifier's name, for the error.</param>
    /// <exception cref="UndertoneException">There are several frames.</exception>
    public static float[] Row(FeatureMatrix features, string classifier)
    {
        ArgumentNullException.ThrowIfNull(features);
        return features.Frames == 1
            ? features.Values
            : throw new UndertoneException(string.Create(
                CultureInfo.InvariantCulture,
                $"{classifier} needs one vector an utterance, but the features have {features.Frames} frames; choose functionals such as egemaps."));
    }
}
