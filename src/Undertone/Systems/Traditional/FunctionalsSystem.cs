using Undertone.Models;

namespace Undertone.Systems.Traditional;

/// <summary>
/// What traditional systems that see one vector an utterance share: a selection of features and a projection, where the
/// settings ask for them, stand between the normalised vector and the classifier.
/// </summary>
/// <typeparam name="TSettings">The system's settings.</typeparam>
public abstract class FunctionalsSystem<TSettings> : TraditionalSystem<TSettings>
    where TSettings : FunctionalsSettings, new()
{
    /// <summary>Fits the classifier on vectors.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="data">Vectors, normalised and reduced, and labels of the fold's training speakers.</param>
    /// <exception cref="UndertoneException">The data cannot be learned; the message says why.</exception>
    protected abstract IFittedClassifier FitVectors(TSettings settings, ClassifierData data);

    /// <summary>Reads the classifier that <see cref="FitVectors"/> fitted.</summary>
    /// <param name="settings">The settings it was fitted with.</param>
    /// <param name="arrays">What was kept.</param>
    /// <param name="classes">The number of classes.</param>
    /// <exception cref="UndertoneException">An array is missing or of another shape.</exception>
    protected abstract IFittedClassifier ReadVectors(TSettings settings, ModelArrays arrays, int classes);

    /// <inheritdoc/>
    public sealed override IFittedClassifier Fit(TSettings settings, ClassifierData data)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return FeatureReduction.Fit(data, settings.Selection, settings.Projection, reduced => FitVectors(settings, reduced));
    }

    /// <inheritdoc/>
    public sealed override IFittedClassifier Read(TSettings settings, ModelArrays arrays, int classes)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return FeatureReduction.Read(
            arrays, settings.FeatureSet.CreateExtractor().Dimensions, settings.Selection, settings.Projection, a => ReadVectors(settings, a, classes));
    }
}
