using Undertone.Corpora;
using Undertone.Features;
using Undertone.Speech;
using Undertone.Training;

namespace Undertone.Tests.Training;

public class FeaturePreparationTests
{
    private static readonly FeatureMatrix Low = new([1, 3], 2, 1);
    private static readonly FeatureMatrix High = new([11, 15], 2, 1);

    [Fact]
    public void GlobalStatisticsComeFromTheTrainingUtterancesAlone()
    {
        var preparation = new FeaturePreparation(new Nothing(), Normalisation.Global);
        preparation.Fit([Low]);

        var rows = preparation.Normalise([Low, High], ["a", "b"]);

        rows[0].Values.ShouldBe([-1, 1]);
        rows[1].Values.ShouldBe([9, 13]);
        Should.Throw<InvalidOperationException>(() => new FeaturePreparation(new Nothing(), Normalisation.Global).Normalise([Low], ["a"]));
    }

    [Fact]
    public void EachSpeakerIsNormalisedByAllOfItsUtterances()
    {
        var rows = new FeaturePreparation(new Nothing(), Normalisation.Speaker)
            .Normalise([Low, High, Low], ["a", "b", "a"]);

        rows[0].Values.ShouldBe([-1, 1]);
        rows[1].Values.ShouldBe([-1, 1]);
        rows[2].Values.ShouldBe([-1, 1]);
    }

    [Fact]
    public void UtteranceMeansGoFirstAndTheTrainingSpeakersDeviationDivides()
    {
        var preparation = new FeaturePreparation(new Nothing(), Normalisation.Utterance);
        preparation.Fit([Low]);

        preparation.Normalise([High], ["b"])[0].Values.ShouldBe([-2, 2]);
    }

    [Fact]
    public void UnderUtteranceVarianceEachUtteranceIsScaledByItselfAlone()
    {
        var preparation = new FeaturePreparation(new Nothing(), Normalisation.UtteranceVariance);
        preparation.Fit([Low]);

        var rows = preparation.Normalise([Low, High], ["a", "a"]);
        rows[0].Values.ShouldBe([-1, 1]);
        rows[1].Values.ShouldBe([-1, 1]);
    }

    [Fact]
    public void ACorpusThatWasTrainedOnHasItsTrainingStatisticsAndAnyOtherItsOwn()
    {
        var preparation = new FeaturePreparation(new Nothing(), Normalisation.Corpus);
        preparation.Fit([Low, Low], ["a", "a"]);

        preparation.Normalise([High], ["a"])[0].Values.ShouldBe([9, 13]);
        preparation.Normalise([High], ["b"])[0].Values.ShouldBe([-1, 1]);
        Should.Throw<ArgumentNullException>(() => preparation.Fit([Low]));
    }

    [Fact]
    public void ASpeakerWhoWasTrainedOnHasTheTrainingStatisticsAndAnyOtherTheirOwn()
    {
        var preparation = new FeaturePreparation(new Nothing(), Normalisation.Speaker);
        preparation.Fit([Low, Low], ["c/a", "c/a"]);

        preparation.Normalise([High], ["c/a"])[0].Values.ShouldBe([9, 13]);
        preparation.Normalise([High], ["c/b"])[0].Values.ShouldBe([-1, 1]);
    }

    [Fact]
    public void SpeakersOfOneNameInTwoCorporaAreTwo()
    {
        Utterance[] utterances = [new("emodb", "x", "x.wav", "03", "anger"), new("ravdess", "x", "x.wav", "03", "anger")];
        new FeaturePreparation(new Nothing(), Normalisation.Speaker).GroupsOf(utterances).ShouldBe(["emodb/03", "ravdess/03"]);
        new FeaturePreparation(new Nothing(), Normalisation.Corpus).GroupsOf(utterances).ShouldBe(["emodb", "ravdess"]);
    }

    private sealed class Nothing : FeatureExtractor
    {
        public override string Name => "nothing";

        public override string Fingerprint => "";

        public override int Dimensions => 1;

        public override double HopSeconds => 0.01;

        public override IReadOnlyList<FeatureDescription> Describe() => [new("nothing", "1", "")];

        public override FeatureMatrix Extract(Waveform waveform) => Low;
    }
}
