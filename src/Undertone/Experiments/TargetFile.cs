using System.Globalization;
using System.Text;
using Undertone.Corpora;
using Undertone.Evaluation;

namespace Undertone.Experiments;

/// <summary><c>target.csv</c> of a run folder: how many utterances of each corpus say what is learned; absent where it is the emotion.</summary>
public static class TargetFile
{
    /// <summary>The columns.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["corpus", "target", "utterances", "left_out"];

    /// <summary>Writes the file, or removes it where the emotion is learned.</summary>
    /// <param name="path">The file.</param>
    /// <param name="corpora">The corpora of the run.</param>
    public static void Write(string path, IReadOnlyList<CorpusData> corpora)
    {
        ArgumentNullException.ThrowIfNull(corpora);
        if (corpora.All(c => c.Target is null))
        {
            File.Delete(path);
            return;
        }

        var text = new StringBuilder().AppendJoin(',', Columns).Append('\n');
        foreach (var corpus in corpora.Where(c => c.Target is not null))
        {
            text.Append(CultureInfo.InvariantCulture, $"{CsvRecords.Field(corpus.Card.Name)},{CsvRecords.Field(corpus.Target!.Target.ToString())},{corpus.Utterances.Count},{corpus.Target.LeftOut}\n");
        }

        RunFolder.WriteWhole(path, text.ToString());
    }
}
