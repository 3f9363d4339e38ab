using Undertone.Corpora;

namespace Undertone.Protocols;

/// <summary>
/// Stands in an experiment file for the kind of split that each system's own paper used: a random hold-out of the paper's test
/// share, drawn several times. The systems' cards say the share, so that the experiment puts a <see cref="RandomHoldOut"/> in its
/// place for each system; by itself it parts nothing.
/// </summary>
public sealed class AsPublished : Protocol
{
    /// <summary>The kind's name.</summary>
    public const string KindName = "as-published";

    /// <summary>Creates the protocol.</summary>
    /// <param name="draws">How many times the test part is drawn, at least 1.</param>
    public AsPublished(int draws = RandomHoldOut.DefaultDraws)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        Draws = draws;
    }

    /// <summary>How many times the test part is drawn.</summary>
    public int Draws { get; }

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override string Name => KindName;

    /// <inheritdoc/>
    public override bool ClaimsSpeakerIndependence => false;

    internal static AsPublished From(IReadOnlyDictionary<string, object?> values) =>
        new(new ProtocolParameters(KindName, values, "draws").Whole("draws", RandomHoldOut.DefaultDraws, 1));

    /// <inheritdoc/>
    protected override IReadOnlyList<Split> TestFolds(CorpusData corpus) => throw new UndertoneException(
        $"protocol '{KindName}' is the split of a published system's paper, and no system is named here; expected the split itself: {{ kind: {RandomHoldOut.KindName}, test: {RandomHoldOut.DefaultTest} }}.");
}
