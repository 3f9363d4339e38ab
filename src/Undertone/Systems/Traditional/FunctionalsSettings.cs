using System.Text.Json.Serialization;
using Undertone.Features;

namespace Undertone.Systems.Traditional;

/// <summary>The settings of traditional systems that see one vector of functionals an utterance.</summary>
public abstract record FunctionalsSettings : TraditionalSettings
{
    /// <summary>The functionals, by name: <c>egemaps</c>, <c>compare-2016</c>, <c>mfcc-functionals</c>, or several joined by <c>+</c>.</summary>
    public string Features { get; init; } = "egemaps";

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
            _ = FeatureSet;
        }
        catch (UndertoneException error)
        {
            problems.Add(error.Message);
        }

        return problems;
    }
}
