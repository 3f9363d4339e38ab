namespace Undertone.Evaluation.Analysers;

/// <summary>
/// Warns of a corpus in which speakers have one class only: a system may then tell voices for emotions, per-speaker
/// normalisation takes the emotion away with the voice, and a per-speaker UAR is the recall of one class.
/// </summary>
public sealed class SpeakerEmotionConfounded : Analyser
{
    /// <inheritdoc/>
    public override string Name => "speaker-emotion-confounded";

    /// <inheritdoc/>
    public override IReadOnlyList<Finding> Analyse(AnalysisInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Corpus is not { } corpus || corpus.Classes.Count < 2)
        {
            return [];
        }

        var speakers = corpus.Utterances.GroupBy(u => u.Speaker).OrderBy(g => g.Key, StringComparer.Ordinal).ToList();
        var single = speakers.Where(s => s.DistinctBy(u => u.Emotion).Count() == 1).ToList();
        return single.Count == 0
            ? []
            :
            [
                Warn(
                    $"speaker and emotion are confounded in '{corpus.Card.Name}': {single.Count} of {speakers.Count} speakers have one class only "
                    + $"({Few([.. single.Select(s => $"{s.Key}: {s.First().Emotion}")])}). A system may tell voices for emotions here; "
                    + "per-speaker normalisation and per-speaker UAR mean little."),
            ];
    }
}
