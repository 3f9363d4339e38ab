namespace Undertone.Features;

/// <summary>A feature set as <see cref="FeatureSetCatalog"/> lists it.</summary>
/// <param name="Name">Its name: <c>log-mel</c>.</param>
/// <param name="Summary">What it holds and what it is for, in a line.</param>
/// <param name="Source">Where it is described: authors, year and DOI.</param>
/// <param name="Options">Its settings, with their defaults.</param>
public sealed record FeatureSet(string Name, string Summary, string Source, FeatureOptions Options);
