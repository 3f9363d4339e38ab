using Undertone.Corpora;

namespace Undertone.Protocols;

/// <summary>
/// Each recording session is tested once by a model that heard none of it: one fold a session, named after it. Where
/// no speaker comes back in another session, as in IEMOCAP, the audit finds the folds speaker-independent; otherwise
/// it does not. Validation takes whole sessions too: as many as it needs to have the validation speakers asked for.
/// </summary>
public sealed class LeaveOneSessionOut : Protocol
{
    /// <inheritdoc/>
    public override string Kind => "leave-one-session-out";

    /// <inheritdoc/>
    public override string Name => Kind;

    /// <summary>False: whether speakers come back in other sessions is the corpus's doing.</summary>
    public override bool ClaimsSpeakerIndependence => false;

    /// <inheritdoc/>
    protected override IReadOnlyList<Split> TestFolds(CorpusData corpus)
    {
        var where = $"protocol '{Name}' on corpus '{corpus.Card.Name}'";
        RequireAll(where, corpus, u => u.Session, "session", "'leave-one-speaker-out' needs none");
        var sessions = corpus.Utterances.Select(u => u.Session!).Distinct().Order(StringComparer.Ordinal).ToList();
        if (sessions.Count < 2)
        {
            throw new UndertoneException($"{where}: the corpus has one session, '{sessions[0]}', and leaving that one out leaves none; expected at least two.");
        }

        var names = FoldNames.From(sessions);
        return
        [
            .. sessions.Select((session, i) => new Split(
                names[i],
                [.. corpus.Utterances.Where(u => u.Session != session)],
                [],
                [.. corpus.Utterances.Where(u => u.Session == session)])),
        ];
    }

    /// <summary>
    /// Whole sessions, drawn so that no class is lost where that can be. A training part of one session is divided by
    /// its speakers instead.
    /// </summary>
    /// <inheritdoc/>
    protected override Split HoldOut(Split fold, CorpusData corpus, ValidationOptions validation, int seed)
    {
        var sessions = fold.Train.GroupBy(u => u.Session!).ToList();
        if (sessions.Count < 2)
        {
            return base.HoldOut(fold, corpus, validation, seed);
        }

        var speakers = sessions.Average(s => s.Select(u => u.Speaker).Distinct().Count());
        var count = Math.Clamp((int)Math.Round(validation.Speakers / speakers), 1, sessions.Count - 1);
        return HeldOut.Draw(fold, count, u => u.Session!, SeededRandom.From(seed, fold.Fold, "validation", "sessions"));
    }
}
