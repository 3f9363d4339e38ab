using System.Text.Json.Serialization;
using Undertone.Features;
using Undertone.Models.Projection;
using Undertone.Models.Selection;

namespace Undertone.Systems.Traditional;

/// <summary>The settings of traditional systems that see one vector of functionals an utterance.</summary>
public abstract record FunctionalsSettings : TraditionalSettings
{
    /// <summary>The functionals, by name: <c>egemaps</c>, <c>compare-2016</c>, <c>mfcc-functionals</c>, or several joined by <c>+</c>.</summary>
    public string Features { get; init; } = "egemaps";

    /// <summary>Which of the values are kept, chosen inside the fold; null keeps all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SelectionOptions? Selection { get; init; }

    /// <summary>How the values, after the selection, are replaced by fewer sums of them, fitted inside the fold; null keeps them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ProjectionOptions? Projection { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override FeatureOptions FeatureSet => FeatureSetCatalog.Default.Get(Features).Options;

    /// <inheritdoc/>
    public override IEnumerable<string> Problems()
    {
        var problems = base.Problems().ToList();
        if (Normalisation is Normalisation.Utterance or Normalisation.UtteranceVariance)
        {
            problems.Add("normalisation by the utterance needs frames, and functionals are one vector an utterance, which would become 0; choose global, speaker, corpus or none");
        }

        try
        {
            var dimensions = FeatureSet.CreateExtractor().Dimensions;
            if (Selection?.Count > dimensions)
            {
                problems.Add(FormattableString.Invariant($"selection.count must be at most the {dimensions} values of {Features}, but is {Selection.Count}"));
            }
        }
        catch (UndertoneException error)
        {
            problems.Add(error.Message);
        }

        return problems;
    }
}
