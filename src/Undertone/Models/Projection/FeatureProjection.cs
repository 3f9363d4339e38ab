namespace Undertone.Models.Projection;

/// <summary>
/// A method that replaces the values by fewer sums of them. A method is one file, found by its name in
/// <see cref="FeatureProjectionCatalog"/>; it sees the rows that it is given, the fold's training speakers, and no other.
/// </summary>
public abstract class FeatureProjection
{
    /// <summary>The method's name in settings, and its file's in Pascal case: <c>pca</c> is <c>Pca.cs</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What it keeps, in one sentence.</summary>
    public abstract string Summary { get; }

    /// <summary>Where the method comes from.</summary>
    public abstract string Citation { get; }

    /// <summary>Fits the projection.</summary>
    /// <param name="data">N vectors of D normalised values, and their classes.</param>
    /// <param name="options">How many dimensions are kept.</param>
    /// <exception cref="UndertoneException">The features are sequences of frames, or the data cannot be projected; the message says why.</exception>
    public abstract LinearProjection Fit(ClassifierData data, ProjectionOptions options);

    /// <summary>What is wrong with the options for this method, one sentence each.</summary>
    /// <param name="options">The options.</param>
    public virtual IEnumerable<string> Problems(ProjectionOptions options) => [];
}
