using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Undertone.Emotions;
using Undertone.Evaluation.Agreement;

namespace Undertone.Tests.Evaluation.Agreement;

/// <summary>Against statsmodels, NumPy and Krippendorff's printed example (Data/Evaluation/agreement.py), and properties.</summary>
public sealed class AgreementTests
{
    private static readonly ExpectedValues Values = new("agreement.json");

    public static TheoryData<string> Names => Values.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Agrees_with_statsmodels_and_numpy(string name)
    {
        var expected = Values[name];
        var units = expected.GetProperty("units").EnumerateArray()
            .Select(u => u.EnumerateArray().Select(v => v.ValueKind == JsonValueKind.Null ? null : (double?)v.GetDouble()).ToList()).ToList();
        var (nominal, fleiss) = (KrippendorffAlpha.Nominal(units.Select(Classes)), Fleiss(units));
        ExpectedValues.ShouldAgree(nominal.Value, expected.GetProperty("nominal"), "nominal");
        ExpectedValues.ShouldAgree(KrippendorffAlpha.Ordinal(units).Value, expected.GetProperty("ordinal"), "ordinal");
        ExpectedValues.ShouldAgree(KrippendorffAlpha.Interval(units).Value, expected.GetProperty("interval"), "interval");
        ExpectedValues.ShouldAgree(fleiss.Value, expected.GetProperty("fleiss"), "fleiss");
        foreach (var score in new[] { nominal, fleiss })
        {
            score.Units.ShouldBe(expected.GetProperty("pairable").GetInt32());
            score.Votes.ShouldBe(expected.GetProperty("votes").GetInt32());
            (score.Units + score.LeftOut).ShouldBe(units.Count);
        }
    }

    [Fact]
    public void Votes_of_a_corpus_are_taken_as_they_are()
    {
        EmotionVotes[] votes = [EmotionVotes.Parse("anger*3;sadness*1"), EmotionVotes.Parse("E1=sadness;E2=sadness"), EmotionVotes.Parse("fear*1")];
        string[][] same = [["anger", "anger", "sadness", "anger"], ["sadness", "sadness"], ["fear"]];
        KrippendorffAlpha.Nominal(votes).ShouldBe(KrippendorffAlpha.Nominal(same));
        FleissKappa.Of(votes).ShouldBe(FleissKappa.Of(same.Select(u => u.CountBy(v => v).ToList())));
        FleissKappa.Of(votes).LeftOut.ShouldBe(1);
    }

    [Fact]
    public void Neither_names_nor_order_nor_lone_votes_matter() => ForAny(units =>
    {
        var renamed = units.AsEnumerable().Reverse().Select(u => u.AsEnumerable().Reverse().Select(v => v is null ? null : 7 - v).ToList()).ToList();
        var more = units.Append([9, null]).ToList();
        return Close(KrippendorffAlpha.Nominal(units.Select(Classes)).Value, KrippendorffAlpha.Nominal(renamed.Select(Classes)).Value)
            && Close(KrippendorffAlpha.Ordinal(units).Value, KrippendorffAlpha.Ordinal(renamed).Value)
            && Close(KrippendorffAlpha.Interval(units).Value, KrippendorffAlpha.Interval(renamed).Value)
            && Close(Fleiss(units).Value, Fleiss(renamed).Value)
            && Close(KrippendorffAlpha.Ordinal(units).Value, KrippendorffAlpha.Ordinal(more).Value)
            && Close(Fleiss(units).Value, Fleiss(more).Value);
    });

    [Fact]
    public void Interval_alpha_does_not_know_the_scale_and_ordinal_alpha_only_the_order() => ForAny(units =>
    {
        List<List<double?>> Mapped(Func<double, double> map) => [.. units.Select(u => u.Select(v => v is { } x ? (double?)map(x) : null).ToList())];
        return Close(KrippendorffAlpha.Interval(units).Value, KrippendorffAlpha.Interval(Mapped(v => (v * 4) - 1)).Value)
            && Close(KrippendorffAlpha.Ordinal(units).Value, KrippendorffAlpha.Ordinal(Mapped(v => v * v * v)).Value);
    });

    [Fact]
    public void Full_agreement_is_one_and_one_value_alone_has_none() => ForAny(units =>
    {
        var agreed = units.Select((u, i) => u.Select(v => v is null ? null : (double?)(i % 3)).ToList()).ToList();
        var several = agreed.Where(u => u.OfType<double>().Count() > 1).SelectMany(u => u.OfType<double>()).Distinct().Count() > 1;
        return new[] { KrippendorffAlpha.Nominal(agreed.Select(Classes)), KrippendorffAlpha.Ordinal(agreed), KrippendorffAlpha.Interval(agreed), Fleiss(agreed) }
            .All(s => several ? Math.Abs(s.Value - 1) < 1e-12 : double.IsNaN(s.Value));
    });

    [Fact]
    public void What_has_no_pair_of_votes_is_refused()
    {
        foreach (var act in new Action[]
        {
            () => KrippendorffAlpha.Nominal([["a"], [null, "b"]]),
            () => KrippendorffAlpha.Interval([]),
            () => FleissKappa.Of([EmotionVotes.Parse("anger*1")]),
        })
        {
            Should.Throw<UndertoneException>(act).Message.ShouldBe("no agreement can be reckoned: no utterance has two votes or more.");
        }

        Should.Throw<UndertoneException>(() => KrippendorffAlpha.Interval([[1, double.NaN]])).Message.ShouldContain("a rating is NaN");
        Should.Throw<ArgumentOutOfRangeException>(() => FleissKappa.Of([new Dictionary<string, int> { ["a"] = -1, ["b"] = 4 }]));
    }

    private static AgreementScore Fleiss(IEnumerable<List<double?>> units) => FleissKappa.Of(units.Select(u => Classes(u).OfType<string>().CountBy(v => v).ToList()));

    private static List<string?> Classes(List<double?> unit) => unit.ConvertAll(v => v is { } x ? $"class{x}" : null);

    private static void ForAny(Func<List<List<double?>>, bool> holds)
    {
        var vote = Gen.Elements<double?>(1, 2, 3, 4, null);
        var units = from votes in vote.ListOf(4).NonEmptyListOf()
                    select votes.Select(u => u.ToList()).Append([1, 2]).ToList();
        Check.QuickThrowOnFailure(Prop.ForAll(units.ToArbitrary(), holds));
    }

    private static bool Close(double a, double b) => a.Equals(b) || Math.Abs(a - b) < 1e-11;
}
