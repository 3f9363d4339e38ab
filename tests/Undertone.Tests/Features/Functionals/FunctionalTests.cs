using System.Text.Json;
using Undertone.Features;
using Undertone.Features.Functionals;

namespace Undertone.Tests.Features.Functionals;

/// <summary>Functionals against NumPy and SciPy: Data/Features/functionals.json, written by make_functionals.py beside it.</summary>
public sealed class FunctionalTests
{
    private static readonly IReadOnlyList<Functional> All =
    [
        new Means(MeanKind.Arithmetic, MeanKind.Flatness, MeanKind.PositiveArithmetic, MeanKind.RootQuadratic),
        new Extremes(),
        new Percentiles(1, 99),
        new Moments(),
        new RangeSegments(0.25, 0.75),
        new Times(25, 50, 75, 90),
        new ContourPrediction(5),
        new PolynomialFit(FitTime.Second),
        new Peaks(0.1),
        new ActiveSegments("ff0_"),
    ];

    private static readonly Lazy<Case[]> Cases = new(() => JsonSerializer.Deserialize<Case[]>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", "Features", "functionals.json")), JsonSerializerOptions.Web)!);

    public static TheoryData<string, bool> Names
    {
        get
        {
            var names = new TheoryData<string, bool>();
            foreach (var found in Cases.Value)
            {
                names.Add(found.Name, found.NonZero);
            }

            return names;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_are_those_of_numpy_and_scipy(string name, bool nonZero)
    {
        var expected = Cases.Value.Single(c => c.Name == name && c.NonZero == nonZero);
        var computed = Compute(expected.Values, nonZero);
        foreach (var (functional, value) in expected.Expected)
        {
            var allowed = functional.StartsWith("lp", StringComparison.Ordinal)
                ? 2e-3 * (1 + Math.Abs(value))
                : 1e-5 + (1e-5 * Math.Abs(value));
            ((double)computed[functional]).ShouldBe(value, allowed, $"{functional} of '{name}'");
        }
    }

    [Fact]
    public void Every_functional_is_compared()
    {
        var names = All.SelectMany(f => f.Describe("Hz")).Select(d => d.Name).ToList();
        names.ShouldBeUnique();
        Cases.Value[0].Expected.Keys.Order().ShouldBe(names.Order());
    }

    [Fact]
    public void An_empty_contour_gives_zeros() =>
        Compute([0, 0, 0], nonZero: true).Values.ShouldAllBe(v => v == 0);

    [Fact]
    public void A_fit_in_frames_counts_frames()
    {
        var fit = new PolynomialFit(FitTime.Frame);
        var values = new double[fit.Describe("1").Count];
        var contour = new Contour();
        contour.Load([0f, 1, 2, 3, 4], nonZeroOnly: false);
        fit.Compute(contour, values);
        values[0].ShouldBe(0.25, 1e-12, "a rise of the range in four frames");
        values[2].ShouldBe(0, 1e-12);
    }

    [Theory]
    [InlineData(9.9, 9.9)]
    [InlineData(-3, -3)]
    [InlineData(1e9, 20)]
    [InlineData(-1e9, -20)]
    public void Ratios_are_limited_softly(double ratio, double expected) => Peaks.Limited(ratio).ShouldBe(expected, 1e-9);

    [Fact]
    public void A_table_names_and_orders_its_values_by_row_contour_and_functional()
    {
        FeatureDescription[] contours = [new("a", "Hz", "A"), new("b", "1", "B")];
        var table = new FunctionalTable(
        [
            new(contours, [new Extremes(), new Means(MeanKind.Arithmetic)]),
            new([contours[1]], [new Means(MeanKind.RootQuadratic)]) { NonZeroOnly = true },
        ]);
        table.Dimensions.ShouldBe(9);
        table.Describe().Select(d => d.Name).ShouldBe(["a_range", "a_maxPos", "a_minPos", "a_amean", "b_range", "b_maxPos", "b_minPos", "b_amean", "b_rqmean"]);
        table.Describe()[0].Unit.ShouldBe("Hz");
        var values = new float[9];
        table.Compute((row, contour) => (row, contour) == (0, 0) ? [1f, 3] : [0f, 2, 0], new Contour(), values);
        values.ShouldBe([2, 0.5f, 0, 2, 2, 1 / 3f, 0, 2 / 3f, 2]);
    }

    private static Dictionary<string, float> Compute(float[] values, bool nonZero)
    {
        var table = new FunctionalTable([new([new("x", "Hz", "none")], All) { NonZeroOnly = nonZero }]);
        var computed = new float[table.Dimensions];
        table.Compute((_, _) => values, new Contour(), computed);
        return table.Describe().Zip(computed).ToDictionary(v => v.First.Name[2..], v => v.Second);
    }

    public sealed record Case(string Name, bool NonZero, float[] Values, Dictionary<string, double> Expected);
}
