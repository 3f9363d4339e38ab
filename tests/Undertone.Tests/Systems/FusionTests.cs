using Undertone.Experiments;
using Undertone.Features;
using Undertone.Preprocessing;
using Undertone.Systems;
using Undertone.Systems.Traditional;

namespace Undertone.Tests.Systems;

public sealed class FusionTests(DemoFold fold) : IClassFixture<DemoFold>
{
    private const string Gmm = "gmm-mfcc members=1 speeds=[] mixture.components=2";
    private const string Hmm = "hmm-mfcc members=1 speeds=[] model.states=2 model.mixture.components=1";

    private static readonly FusionSettings Small = new() { Members = [Gmm, Hmm], Normalisation = Normalisation.Speaker };

    [Fact]
    public void Joins_its_members_and_is_the_same_after_loading()
    {
        var system = SystemCatalog.Default.Get("fusion");
        using var model = system.Train(fold.Request(Small));
        var rows = model.Predict(fold.Test, fold.Features);

        rows.ShouldAllBe(r => r.Length == 3 && Math.Abs(r.Sum() - 1) < 1e-5);
        DemoFold.Accuracy(model.Predict(fold.Train, fold.Features), fold.Train).ShouldBeGreaterThan(0.8);
        model.Validated!.Length.ShouldBe(fold.Validation.Count);
        var folder = Directory.CreateTempSubdirectory("undertone-fusion-").FullName;
        model.Save(folder);
        Directory.GetDirectories(folder).Select(Path.GetFileName).Order().ShouldBe(["1-gmm-mfcc", "2-hmm-mfcc"]);

        using (var loaded = system.Load(folder))
        {
            loaded.Predict(fold.Test, fold.Features).ShouldBe(rows);
            loaded.Predict([.. fold.Test.Select(u => u.ReadAudio())]).ShouldBe(rows); // one speaker's recordings in either case
            SettingsJson.Write(loaded.Settings).ToJsonString().ShouldBe(SettingsJson.Write(Small).ToJsonString());
        }

        var hashes = ModelDescription.Hashes(folder);
        hashes.Keys.ShouldContain("2-hmm-mfcc/model.safetensors");
        hashes.Keys.ShouldNotContain("model.json");
        var description = ModelDescription.Read(folder) with { Files = hashes };
        description.RequireSameFiles(folder);
        File.AppendAllText(Path.Combine(folder, "1-gmm-mfcc", "model.json"), " ");
        Should.Throw<UndertoneException>(() => description.RequireSameFiles(folder)).Message.ShouldContain("1-gmm-mfcc");

        File.WriteAllText(Path.Combine(folder, "fusion.json"), "{\"weights\":[1]}");
        Should.Throw<UndertoneException>(() => system.Load(folder)).Message.ShouldContain("has 1 weights; expected one for each of the 2 members");
        File.Delete(Path.Combine(folder, "fusion.json"));
        Should.Throw<UndertoneException>(() => system.Load(folder)).Message.ShouldContain("is missing");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void One_member_predicts_the_same_classes_alone_and_in_a_fusion()
    {
        var member = (Small with { Members = [Gmm] }).Resolve()[0];
        using var alone = member.System.Train(fold.Request(member.Settings));
        using var fused = SystemCatalog.Default.Get("fusion").Train(fold.Request(Small with { Members = [Gmm] }));

        static int Best(float[] row) => Array.IndexOf(row, row.Max());
        fused.Predict(fold.Test, fold.Features).Select(Best).ShouldBe(alone.Predict(fold.Test, fold.Features).Select(Best));
    }

    [Fact]
    public void Without_validation_speakers_all_members_count_the_same()
    {
        using var model = SystemCatalog.Default.Get("fusion").Train(fold.Request(Small) with { Validation = [] });

        model.Validated.ShouldBeNull();
        DemoFold.Accuracy(model.Predict(fold.Train, fold.Features), fold.Train).ShouldBeGreaterThan(0.8);
    }

    [Fact]
    public void The_fusion_settings_are_its_members_unless_those_have_their_own()
    {
        var members = (Small with
        {
            Members = ["cnn training.epochs=3 channels=[8,16] preprocessing.trim-silence=30", "gmm-mfcc normalisation=global"],
            Preprocessing = new PreprocessingSettings { Level = LevelMeasure.Rms },
        }).Resolve();

        members[0].Settings.Normalisation.ShouldBe(Normalisation.Speaker);
        members[0].Settings.Preprocessing.ShouldBe(new PreprocessingSettings { Level = LevelMeasure.Rms, TrimSilence = 30 });
        SettingPath.Flatten(members[0].Settings).Single(s => s.Key == "channels").Value.ShouldBe(new List<object> { "8", "16" });
        members[1].Settings.Normalisation.ShouldBe(Normalisation.Global);
        new FusionSettings { Members = ["cnn"] }.Resolve()[0].Settings.Normalisation.ShouldBe(Normalisation.Utterance);
    }

    [Theory]
    [InlineData(Normalisation.Global, "gmm-mfcc", false)]
    [InlineData(Normalisation.Speaker, "gmm-mfcc", true)]
    [InlineData(Normalisation.Corpus, "gmm-mfcc", true)]
    [InlineData(Normalisation.Global, "gmm-mfcc normalisation=speaker", true)]
    [InlineData(Normalisation.Speaker, "gmm-mfcc normalisation=global", false)]
    public void Its_badge_is_adapted_where_a_member_is(Normalisation normalisation, string member, bool adapted) =>
        Trial.IsAdapted(new FusionSettings { Members = [member], Normalisation = normalisation }).ShouldBe(adapted);

    [Theory]
    [InlineData("gnn-mfcc", "members: 'gnn-mfcc': there is no system 'gnn-mfcc'; did you mean 'gmm-mfcc'?")]
    [InlineData("cnn training.epochs", "members: 'cnn training.epochs': 'training.epochs' is no change of a setting; expected path=value, as in training.epochs=20")]
    [InlineData("cnn training.epoch=3", "members: 'cnn training.epoch=3': there is no setting 'training.epoch': 'training' has no 'epoch'; did you mean 'epochs'?")]
    [InlineData("cnn training.epochs=0", "members: 'cnn training.epochs=0': training: epochs must be at least 1, but is 0")]
    [InlineData("fusion", "members: 'fusion': a fusion cannot be a member of a fusion; name its members instead")]
    [InlineData("", "members: a member is empty; expected the name of a system")]
    public void Says_what_is_wrong_with_a_member(string member, string problem) =>
        SettingPath.Problems(new FusionSettings { Members = [member] }).ShouldHaveSingleItem().ShouldStartWith(problem);

    [Fact]
    public void Says_what_is_wrong_with_its_own_settings()
    {
        SettingPath.Problems(new FusionSettings { Members = [], Shrinkage = 0 }).ShouldBe(
            ["members must name at least one system", "shrinkage must be greater than 0, but is 0"]);
        var written = SettingsJson.Write(Small);
        SettingsJson.Read(new FusionSettings(), written).Members.ShouldBe(Small.Members);
        ExperimentFile.Parse(
            "e.yaml",
            "name: test\ncorpora: [emodb]\nprotocols: [loso]\nsystems: [{ name: fusion, overrides: { members: [gmm-mfcc, cnn training.epochs=3 members=2] } }]\n",
            SystemCatalog.Default).Systems[0].Settings.ShouldBeOfType<FusionSettings>().Members.ShouldBe(["gmm-mfcc", "cnn training.epochs=3 members=2"]);
    }
}
