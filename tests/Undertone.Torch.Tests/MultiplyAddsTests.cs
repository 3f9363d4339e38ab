using Shouldly;
using Undertone.Torch.Kernels;
using Xunit;

namespace Undertone.Torch.Tests;

/// <summary>Counts against those worked out by hand from the layers' sizes.</summary>
[Collection("engine")]
public class MultiplyAddsTests
{
    [Fact]
    public void A_linear_layer_costs_inputs_times_outputs_a_row()
    {
        using var layer = new Linear(7, 3);
        Count(() => layer.Forward(Tensor.Zeros(5, 7))).ShouldBe(5 * 7 * 3);
        Count(() => layer.Forward(Tensor.Zeros(2, 5, 7))).ShouldBe(2 * 5 * 7 * 3);
    }

    [Fact]
    public void A_convolution_costs_its_kernel_at_each_place_of_the_output()
    {
        using var same = new Conv2d(2, 4, 3, padding: 1);
        Count(() => same.Forward(Tensor.Zeros(1, 2, 8, 10))).ShouldBe(8 * 10 * 4 * 2 * 9);
        using var strided = new Conv2d(2, 4, 3, stride: 2, bias: false);
        Count(() => strided.Forward(Tensor.Zeros(3, 2, 9, 11))).ShouldBe(3 * 4 * 5 * 4 * 2 * 9);
        using var grouped = new Conv1d(6, 4, 5, dilation: 2, groups: 2);
        Count(() => grouped.Forward(Tensor.Zeros(1, 6, 20))).ShouldBe(12 * 4 * 3 * 5);
        using var padded = new Conv1d(6, 4, 5, padding: Conv1d.Same);
        Count(() => padded.Forward(Tensor.Zeros(1, 6, 20))).ShouldBe(20 * 4 * 6 * 5);
    }

    [Fact]
    public void A_recurrent_layer_costs_its_matrices_at_each_frame()
    {
        const long one = (12 * 4) + (12 * 3);
        using var lstm = new Lstm(4, 3, bidirectional: true);
        Count(() => lstm.Forward(Tensor.Zeros(1, 6, 4))).ShouldBe(6 * 2 * one);

        // Of two utterances only the frames that are there count.
        Count(() => lstm.Forward(Tensor.Zeros(2, 6, 4), [6L, 2L])).ShouldBe(8 * 2 * one);
    }

    [Fact]
    public void The_fused_recurrence_spares_the_product_with_the_first_state_which_is_zero()
    {
        using var gru = new Gru(4, 3);
        Count(() => Fused.Recurrent(Tensor.Zeros(1, 6, 4), gru, [6])).ShouldBe((6 * 9 * 4) + (5 * 9 * 3));
    }

    [Fact]
    public void A_matrix_product_is_counted_over_all_its_batches()
    {
        Count(() => Tensor.Zeros(2, 5, 7).MatMul(Tensor.Zeros(2, 7, 3))).ShouldBe(2 * 5 * 7 * 3);
        Count(() => Tensor.Zeros(2, 5, 7).MatMul(Tensor.Zeros(7, 3))).ShouldBe(2 * 5 * 7 * 3);
        Count(() => Tensor.Zeros(5, 7).MatMul(Tensor.Zeros(7))).ShouldBe(5 * 7);
    }

    [Fact]
    public void What_is_run_outside_a_count_or_is_no_product_costs_nothing()
    {
        using var layer = new Linear(7, 3);
        using var scope = new DisposeScope();
        layer.Forward(Tensor.Zeros(5, 7));
        Count(() => Tensor.Zeros(5, 7).Relu()).ShouldBe(0);
    }

    [Fact]
    public void A_count_within_a_count_is_part_of_both()
    {
        using var layer = new Linear(7, 3);
        using var scope = new DisposeScope();
        using var outer = new MultiplyAdds();
        Count(() => layer.Forward(Tensor.Zeros(5, 7))).ShouldBe(105);
        layer.Forward(Tensor.Zeros(1, 7));
        outer.Total.ShouldBe(105 + 21);
    }

    private static long Count(Action run)
    {
        using var scope = new DisposeScope();
        using var noGrad = new NoGrad();
        using var count = new MultiplyAdds();
        run();
        return count.Total;
    }
}
