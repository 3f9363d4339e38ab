using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Undertone.Corpora;
using Undertone.Experiments;
using Undertone.Reports;

namespace Undertone.Browser.Tests;

/// <summary>
/// A run that has data for every chart: two corpora of six speakers, three systems, leaky and speaker-independent folds,
/// a pair of corpora both ways, a learning curve, two seeds. The rows are drawn by chance, each system right as often as it is told.
/// </summary>
public sealed class GalleryRun : IDisposable
{
    private static readonly string[] Classes = ["anger", "happiness", "neutral", "sadness"];
    private static readonly string[] Corpora = ["emodb", "urdu"];
    private static readonly (string Name, double Right)[] Systems = [("cnn-lstm", 0.82), ("cnn", 0.74), ("svm-egemaps", 0.6)];

    public GalleryRun()
    {
        Folder.Create();
        File.WriteAllText(
            Folder.ExperimentFile,
            "name: gallery\ndescription: Every chart at once, from rows drawn by chance. <script>alert('a name')</script>\ncorpora: [emodb, urdu]\n");
        UtterancesFile.Write(Folder.UtterancesFile, Corpora.Select(c => new CorpusData(CorpusCatalog.All.Single(known => known.Card.Name == c).Card, [.. Utterances(c)], [], "")));
        foreach (var (system, right) in Systems)
        {
            foreach (var seed in new[] { 0, 1 })
            {
                Folds("emodb", system, seed, "loso", "leave-one-speaker-out", "speaker-independent", right);
                Folds("emodb", system, seed, "random-3", "random-k-fold", "speaker-dependent", Math.Min(0.97, right + 0.12));
            }
        }

        foreach (var share in new[] { 5, 25, 50 })
        {
            Folds("emodb", "cnn", 0, $"loso-share-{share:000}", "learning-curve", "speaker-independent", 0.74 * (0.55 + (0.008 * share)));
        }

        Trial("urdu", "cnn", 0, "cross-corpus", "cross-corpus", "emodb-to-urdu", "cross-corpus", 0.5, Speakers);
        Trial("emodb", "cnn", 0, "cross-corpus", "cross-corpus", "urdu-to-emodb", "cross-corpus", 0.42, Speakers);
        ReportWriter.Write(Location);
    }

    /// <summary>The run folder.</summary>
    public string Location { get; } = Path.Combine(Path.GetTempPath(), "undertone gallery " + Guid.NewGuid().ToString("N"));

    /// <summary>The report's address.</summary>
    public string Page => new Uri(Path.Combine(Location, ReportWriter.Html)).AbsoluteUri;

    private static string[] Speakers => ["03", "08", "09", "10", "11", "12"];

    private RunFolder Folder => new(Location);

    public void Dispose() => Directory.Delete(Location, recursive: true);

    private static IEnumerable<Utterance> Utterances(string corpus) =>
        from speaker in Speakers
        from emotion in Classes
        from take in Enumerable.Range(0, 4)
        select new Utterance(corpus, $"{corpus}-{speaker}-{emotion}-{take}", $"{speaker}-{emotion}-{take}.wav", speaker, emotion)
        {
            Gender = int.Parse(speaker, CultureInfo.InvariantCulture) % 2 == 0 ? "female" : "male",
            Age = 20 + (2 * int.Parse(speaker, CultureInfo.InvariantCulture)),
            Seconds = 2.5,
        };

    private void Folds(string corpus, string system, int seed, string protocol, string kind, string badge, double right)
    {
        foreach (var speakers in Speakers.Chunk(2))
        {
            Trial(corpus, system, seed, protocol, kind, string.Join('-', speakers), badge, right, speakers);
        }
    }

    private void Trial(string corpus, string system, int seed, string protocol, string kind, string fold, string badge, double right, string[] speakers)
    {
        var name = $"{corpus}.{system}.{protocol}-{fold}.seed-{seed}";
        var random = SeededRandom.From(name);
        Directory.CreateDirectory(Folder.TrialFolder(name));
        var test = Utterances(corpus).Where(u => speakers.Contains(u.Speaker)).ToList();
        var validation = Utterances(corpus).Where(u => !speakers.Contains(u.Speaker)).Take(16).ToList();
        Rows(Folder.TrialFile(name, TrialFiles.Predictions), test, right, random);
        Rows(Folder.TrialFile(name, TrialFiles.Validation), validation, right, random);
        var history = new StringBuilder("epoch,train_loss,validation_loss,validation_uar,seconds\n");
        for (var epoch = 1; epoch <= 20; epoch++)
        {
            var loss = (1.4 * Math.Exp(-epoch / 6.0)) + 0.2 + (0.05 * random.NextDouble());
            history.Append(CultureInfo.InvariantCulture, $"{epoch},{loss},{loss + 0.2},{right * (1 - Math.Exp(-epoch / 4.0))},{epoch}\n");
        }

        File.WriteAllText(Folder.TrialFile(name, TrialFiles.History), history.ToString());
        Record(name, corpus, system, seed, protocol, kind, fold, badge, test, validation, 20 + (100 * right) + random.NextInt(9)).Write(Folder.TrialFile(name, TrialFiles.Record));
    }

    private static TrialRecord Record(
        string name, string corpus, string system, int seed, string protocol, string kind, string fold, string badge, List<Utterance> test, List<Utterance> validation, double seconds)
    {
        var spec = new TrialSpec
        {
            Corpus = corpus,
            CorpusFingerprint = "00",
            System = system,
            SystemName = system,
            Protocol = protocol,
            ProtocolKind = kind,
            ProtocolParameters = [],
            Fold = fold,
            Seed = seed,
            ValidationSpeakers = 1,
            Settings = new JsonObject { ["normalisation"] = "utterance" },
        };
        return new()
        {
            Trial = name,
            Spec = spec,
            SpecHash = spec.Hash(),
            Classes = Classes,
            Split = new TrialSplit([], [.. validation.Select(u => u.Id)], [.. test.Select(u => u.Id)]),
            Badge = badge,
            Audit = new TrialAudit([], 2, 0, false),
            Timings = new TrialTimings("2026-01-01T00:00:00Z", 1, seconds - 2, 1, seconds),
            Versions = new TrialVersions("0.1.0", "1.13.1", ".NET 10", "Debian 12", "auto"),
            Command = "undertone trial",
        };
    }

    private static void Rows(string path, IEnumerable<Utterance> utterances, double right, SeededRandom random)
    {
        var text = new StringBuilder("utterance,speaker,true,predicted," + string.Join(',', Classes.Select(c => $"p({c})")) + "\n");
        foreach (var u in utterances)
        {
            var truth = Array.IndexOf(Classes, u.Emotion);
            var said = random.NextDouble() < right ? truth : (truth + 1 + random.NextInt(3)) % 4;
            var sure = 0.4 + (0.55 * random.NextDouble());
            var p = Classes.Select((_, c) => (c == said ? sure : (1 - sure) / 3).ToString("F6", CultureInfo.InvariantCulture));
            text.Append(CultureInfo.InvariantCulture, $"{u.Id},{u.Speaker},{u.Emotion},{Classes[said]},{string.Join(',', p)}\n");
        }

        File.WriteAllText(path, text.ToString());
    }
}
