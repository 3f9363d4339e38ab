using Undertone.Corpora;
using Undertone.Experiments;
using Undertone.Systems;

namespace Undertone.Tests.Experiments;

public sealed class ModelCardTests
{
    [Theory]
    [InlineData("cnn", true, "- How long to train was decided on the speakers 12, 14, who were then trained on too.")]
    [InlineData("svm-egemaps", true, "- A first fit was validated by the speakers 12, 14, who were then trained on too.")]
    [InlineData("random-forest", false, "- A first fit was validated by the speakers 12, 14.")]
    [InlineData("hmm-mfcc", true, "- A first fit was validated by the speakers 12, 14, who were then trained on too.")]
    [InlineData("fusion", true, "- How much each member counts was decided on the speakers 12, 14, who were then trained on too.")]
    public void It_says_what_the_validation_speakers_were_for(string system, bool refitted, string line) =>
        Card(system, ["12", "14"], refitted).Split('\n').ShouldContain(line);

    [Theory]
    [InlineData("bigru", "- No speakers were held out to stop the training.")]
    [InlineData("knn", "- No speakers were held out for validation.")]
    public void It_says_that_there_were_none(string system, string line) => Card(system, [], false).Split('\n').ShouldContain(line);

    private static string Card(string system, string[] validation, bool refitted) => ModelCard.Write(
        new ModelDescription
        {
            System = system,
            Classes = ["anger", "sadness"],
            Settings = SettingsJson.Write(SystemCatalog.Default.Get(system).Defaults),
            Origin = new ModelOrigin
            {
                Corpus = "emodb",
                CorpusFingerprint = "abc",
                Licence = "free",
                Language = "German",
                RecordingType = "acted",
                Utterances = 10,
                Speakers = 3,
                ValidationSpeakers = validation,
                Refitted = refitted,
                TestSpeakers = [],
                Badge = "speaker-independent",
                Seed = 0,
                Undertone = "1",
            },
        },
        CorpusCatalog.Get("emodb").Card);
}
