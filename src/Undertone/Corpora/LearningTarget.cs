using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Undertone.Corpora;

/// <summary>
/// What is learned of a corpus's utterances: the class of the emotion, the class of its intensity, or values on numeric
/// columns. Utterances of which a corpus does not say it are left out and counted.
/// </summary>
public sealed record LearningTarget
{
    private const string IntensityColumn = "intensity";

    // From weak to strong; other words follow by name.
    private static readonly string[] Intensities = ["low", "medium", "normal", "high", "strong"];

    private LearningTarget(IReadOnlyList<string> columns) => Columns = columns;

    /// <summary>The class of the emotion: what is learned unless told otherwise.</summary>
    public static LearningTarget Emotion { get; } = new(["emotion"]);

    /// <summary>The class of the emotion's intensity.</summary>
    public static LearningTarget Intensity { get; } = new([IntensityColumn]);

    /// <summary>What an experiment's <c>target</c> may name.</summary>
    public static IReadOnlyList<string> Names { get; } = ["emotion", IntensityColumn, .. DimensionColumns.Names];

    /// <summary><c>emotion</c>, <c>intensity</c>, or the columns of a regression.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Whether the emotion's class is learned.</summary>
    public bool IsEmotion => Columns[0] == Emotion.Columns[0];

    /// <summary>Whether numbers are learned.</summary>
    public bool IsRegression => DimensionColumns.Names.Contains(Columns[0]);

    /// <summary>Whether classes are learned that stand in an order, from weak to strong.</summary>
    public bool IsOrdered => Columns[0] == IntensityColumn;

    /// <summary>Finds a target by the columns that an experiment names.</summary>
    /// <param name="columns">At least one of <see cref="Names"/>.</param>
    /// <exception cref="UndertoneException">A name is unknown or given twice, or a class stands beside others.</exception>
    public static LearningTarget Of(IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        foreach (var (column, index) in columns.Select((c, i) => (c, i)))
        {
            if (!Names.Contains(column))
            {
                throw new UndertoneException($"there is no target '{column}'{NearestName.Hint(column, Names)}");
            }

            if (columns.Take(index).Contains(column))
            {
                throw new UndertoneException($"the target '{column}' is given twice; expected it once.");
            }

            if (columns.Count > 1 && !DimensionColumns.Names.Contains(column))
            {
                throw new UndertoneException($"the target '{column}' is a class and cannot stand beside others; expected target: {column}, or a list of {string.Join(", ", DimensionColumns.Names)}.");
            }
        }

        return columns switch
        {
            ["emotion"] => Emotion,
            [IntensityColumn] => Intensity,
            [] => throw new UndertoneException($"target is empty; expected one of: {string.Join(", ", Names)}."),
            _ => new LearningTarget(columns),
        };
    }

    /// <summary>Makes a corpus one of which this is learned.</summary>
    /// <param name="corpus">The corpus as read, its labels harmonised.</param>
    /// <returns>
    /// The corpus with the utterances of which it says this; of an intensity, with the intensities in place of the
    /// emotions; with <see cref="CorpusData.Target"/> set, but for the emotion.
    /// </returns>
    /// <exception cref="UndertoneException">The corpus says this of no utterance, or the same of all; the message says what it has.</exception>
    public CorpusData Apply(CorpusData corpus)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        if (IsEmotion)
        {
            return corpus;
        }

        foreach (var column in Columns)
        {
            if (!corpus.Utterances.Any(u => Has(u, column)))
            {
                throw new UndertoneException(
                    $"target: the corpus '{corpus.Card.Name}' has no {column}, so it cannot be learned; it has {string.Join(", ", Names.Where(n => corpus.Utterances.Any(u => Has(u, n))))}.");
            }
        }

        List<Utterance> used = [.. corpus.Utterances.Where(u => Columns.All(c => Has(u, c)))];
        if (used.Count == 0)
        {
            throw new UndertoneException($"target: no utterance of the corpus '{corpus.Card.Name}' has {string.Join(" and ", Columns)} together; choose fewer targets.");
        }

        var target = new CorpusTarget(this, corpus.Utterances.Count - used.Count, Fingerprint(used));
        if (IsRegression)
        {
            return corpus with { Utterances = used, Target = target };
        }

        var classes = used.GroupBy(u => u.Intensity!).OrderBy(g => Rank(g.Key)).ThenBy(g => g.Key, StringComparer.Ordinal).ToList();
        return classes.Count < 2
            ? throw new UndertoneException($"target: all utterances of the corpus '{corpus.Card.Name}' that have an intensity have the same, '{classes[0].Key}', so there is nothing to learn.")
            : corpus with
            {
                Card = corpus.Card with { Classes = [.. classes.Select(g => KeyValuePair.Create(g.Key, g.Count()))] },
                Utterances = [.. used.Select(u => u with { Emotion = u.Intensity!, Votes = null })],
                Target = target,
            };
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", Columns);

    private static bool Has(Utterance utterance, string column) => column switch
    {
        "emotion" => utterance.Emotion.Length > 0,
        IntensityColumn => !string.IsNullOrEmpty(utterance.Intensity),
        _ => DimensionColumns.ValueOf(utterance, column) is not null,
    };

    private static int Rank(string intensity) => Array.IndexOf(Intensities, intensity) is >= 0 and var rank ? rank : Intensities.Length;

    // The corpus's own fingerprint does not cover these columns.
    private string Fingerprint(List<Utterance> utterances)
    {
        var text = new StringBuilder();
        foreach (var utterance in utterances.OrderBy(u => u.Id, StringComparer.Ordinal))
        {
            text.Append(utterance.Id);
            foreach (var column in Columns)
            {
                text.Append('\t').Append(IsRegression
                    ? DimensionColumns.ValueOf(utterance, column)!.Value.ToString("R", CultureInfo.InvariantCulture)
                    : utterance.Intensity);
            }

            text.Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}

/// <summary>What is learned of a corpus in place of the emotion.</summary>
/// <param name="Target">The target.</param>
/// <param name="LeftOut">Utterances that were left out because the corpus does not say it of them.</param>
/// <param name="Fingerprint">SHA-256 over id and values of every utterance, lower-case hex.</param>
public sealed record CorpusTarget(LearningTarget Target, int LeftOut, string Fingerprint);
