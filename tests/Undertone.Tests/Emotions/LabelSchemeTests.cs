using Undertone.Emotions;
using Undertone.Emotions.LabelSchemes;

namespace Undertone.Tests.Emotions;

public sealed class LabelSchemeTests
{
    public static TheoryData<string> Names => [.. LabelSchemeCatalog.Names];

    [Fact]
    public void AnUnknownSchemeIsRefusedWithTheNearest() =>
        Should.Throw<UndertoneException>(() => LabelSchemeCatalog.Get("big-for")).Message
            .ShouldBe("there is no label scheme 'big-for'; did you mean 'big-four'?");

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryTableIsSound(string name)
    {
        var scheme = LabelSchemeCatalog.Get(name);
        scheme.Name.ShouldBe(name);
        scheme.Citation.ShouldNotBeEmpty();
        scheme.Table.Select(r => r.Label).ShouldBeUnique();
        scheme.Table.Select(r => r.Class).Where(c => c is not null).Distinct().ShouldBe(scheme.Classes, ignoreOrder: true);
        scheme.Table.ShouldAllBe(r => scheme.ClassOf(r.Label) == r.Class && r.Reason.Length > 0);
    }

    [Fact]
    public void NativeKeepsEveryLabel() => new Native().ClassOf("whatever").ShouldBe("whatever");

    [Theory]
    [InlineData("excitement", "happiness")]
    [InlineData("happiness", "happiness")]
    [InlineData("neutral", "neutral")]
    [InlineData("hot-anger", "anger")]
    [InlineData("calm", null)]
    [InlineData("boredom", null)]
    [InlineData("no-agreement", null)]
    public void TheBigFour(string label, string? expected) => new BigFour().ClassOf(label).ShouldBe(expected);

    [Theory]
    [InlineData("surprise", "surprise")]
    [InlineData("neutral", null)]
    [InlineData("excitement", null)]
    public void TheSixBasicEmotions(string label, string? expected) => new SixBasic().ClassOf(label).ShouldBe(expected);

    /// <summary>EMO-DB and eNTERFACE as Schuller et al. 2010 (doi:10.1109/T-AFFC.2010.8) assign them.</summary>
    [Theory]
    [InlineData("low", "boredom disgust neutral sadness")]
    [InlineData("high", "anger fear happiness surprise")]
    public void ArousalIsThePublishedAssignment(string expected, string labels) =>
        labels.Split(' ').ShouldAllBe(l => new Arousal().ClassOf(l) == expected);

    [Theory]
    [InlineData("negative", "anger boredom disgust fear sadness")]
    [InlineData("positive", "happiness neutral surprise")]
    public void ValenceIsThePublishedAssignment(string expected, string labels) =>
        labels.Split(' ').ShouldAllBe(l => new Valence().ClassOf(l) == expected);

    [Fact]
    public void QuadrantsAreArousalAndValence()
    {
        var quadrants = new Quadrants();
        quadrants.Table.ShouldAllBe(r => r.Class == $"{new Arousal().ClassOf(r.Label)}-{new Valence().ClassOf(r.Label)}");
        quadrants.ClassOf("calm").ShouldBe("low-positive");
        quadrants.ClassOf("frustration").ShouldBe("high-negative");
    }

    [Fact]
    public void TheOverrideForACorpusGoesBeforeTheOneForAll()
    {
        var harmonisation = new Harmonisation(new BigFour(), [new("ravdess", "calm", "neutral"), new(null, "calm", "sadness"), new(null, "neutral", null)], []);
        harmonisation.ClassOf("ravdess", "calm").ShouldBe("neutral");
        harmonisation.ClassOf("demo", "calm").ShouldBe("sadness");
        harmonisation.ClassOf("demo", "neutral").ShouldBeNull();
        harmonisation.ClassOf("demo", "anger").ShouldBe("anger");
        (harmonisation with { Chosen = ["anger", "sadness"] }).ClassOf("ravdess", "calm").ShouldBeNull();
    }
}
