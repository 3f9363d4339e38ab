using Undertone.Features.Functionals;

namespace Undertone.Tests.Features.Functionals;

/// <summary>The rules of <see cref="ContourPeaks"/>, on contours whose slopes are reckoned by hand; a step is one second.</summary>
public sealed class ContourPeaksTests
{
    [Fact]
    public void Slopes_lead_from_the_start_over_each_extremum_to_the_end()
    {
        // Up by 10 in 2 s, down by 8 in 2 s, up by 4 in 2 s: the last part belongs to the rising ones.
        var slopes = ContourPeaks.Of([0, 5, 10, 6, 2, 4, 6], 1);

        slopes.Peaks.ShouldBe(1);
        slopes.MeanRisingSlope.ShouldBe((5 + 2) / 2.0, 1e-9);
        slopes.MeanFallingSlope.ShouldBe(4, 1e-9);
        slopes.DeviationFallingSlope.ShouldBe(0, 1e-9);
    }

    [Fact]
    public void What_moves_less_than_a_tenth_of_the_range_is_no_extremum() =>
        ContourPeaks.Of([0, 40, 100, 60, 69, 50, 20, 10, 0], 1).Peaks.ShouldBe(1);

    [Fact]
    public void A_higher_peak_takes_the_place_of_the_last_where_it_rises_a_tenth_from_the_valley_between()
    {
        // 101 after 95: the fall to 91 is no valley (a tenth is 10.1), the rise of 10 too small; from 90 it is enough.
        ContourPeaks.Of([0, 50, 95, 91, 99, 50, 0, 0, 0], 1).MeanRisingSlope.ShouldBe(95 / 2.0, 1e-6);
        ContourPeaks.Of([0, 50, 95, 87, 99, 50, 0, 0, 0], 1).MeanRisingSlope.ShouldBe(99 / 4.0, 1e-6);
    }

    [Fact]
    public void A_peak_five_per_cent_higher_takes_the_place_of_the_last_however_small_its_rise() =>
        ContourPeaks.Of([0, 50, 91, 90, 97, 50, 0, 0, 0], 1).MeanRisingSlope.ShouldBe(97 / 4.0, 1e-6);

    [Fact]
    public void Only_the_valley_right_before_counts_for_a_peak_after_a_peak() =>
        // From 87 to 99 it would be enough, from 92, right before 99, it is not.
        ContourPeaks.Of([0, 50, 95, 87, 94, 92, 99, 50, 0, 0, 0], 1).MeanRisingSlope.ShouldBe(95 / 2.0, 1e-6);

    [Fact]
    public void A_peak_after_a_valley_is_measured_from_the_lowest_of_valleys() =>
        // 50 → 40 → 46 → 44 → 51: the second peak rises 11 from 40 though only 7 from the valley right before it.
        ContourPeaks.Of([0, 100, 50, 40, 46, 44, 51, 20, 0, 0], 1).Peaks.ShouldBe(2);

    [Fact]
    public void Of_valleys_one_after_the_other_the_lowest_counts() =>
        // From 100 to 40 in 3 s; the part to the end, 90 in 3 s, counts with its own sign.
        ContourPeaks.Of([0, 100, 60, 62, 40, 42, 90, 50, 0, 0], 1).MeanFallingSlope.ShouldBe((20 - 30) / 2.0, 1e-6);

    [Fact]
    public void A_contour_without_extremum_has_no_slopes() => ContourPeaks.Of([1, 2, 3, 4, 5, 6], 1).ShouldBe(default);
}
