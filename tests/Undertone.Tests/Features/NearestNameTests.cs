namespace Undertone.Tests.Features;

public sealed class NearestNameTests
{
    private static readonly string[] Names = ["log-mel", "mfcc", "egemaps", "cnn", "cnn-lstm"];

    [Theory]
    [InlineData("logmel", "log-mel")]
    [InlineData("log-mle", "log-mel")]
    [InlineData("LOG-MEL", "log-mel")]
    [InlineData("cnnlstm", "cnn-lstm")]
    [InlineData("mfc", "mfcc")]
    public void A_slip_finds_its_name(string written, string meant) => NearestName.Of(written, Names).ShouldBe(meant);

    [Fact]
    public void Something_else_finds_nothing_and_the_hint_lists_all()
    {
        NearestName.Of("wavelet", Names).ShouldBeNull();
        NearestName.Hint("wavelet", Names).ShouldBe("; expected one of: log-mel, mfcc, egemaps, cnn, cnn-lstm");
        NearestName.Hint("log_mel", Names).ShouldBe("; did you mean 'log-mel'?");
        NearestName.Hint("x", []).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", "abc", 3)]
    [InlineData("ab", "ba", 1)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("same", "Same", 0)]
    public void Distances_are_those_of_the_definition(string a, string b, int distance) =>
        NearestName.Distance(a, b).ShouldBe(distance);
}
