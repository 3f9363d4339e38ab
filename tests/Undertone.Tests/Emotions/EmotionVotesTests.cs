using Undertone.Emotions;

namespace Undertone.Tests.Emotions;

public class EmotionVotesTests
{
    [Fact]
    public void VotesAreCounted()
    {
        var votes = EmotionVotes.Parse("E1=sadness;E2=sadness;E2=frustration;E3=anger");

        votes.Total.ShouldBe(4);
        votes.Annotators.ShouldBe(3);
        votes.Counts.ShouldBe([new("sadness", 2), new("anger", 1), new("frustration", 1)]);
        votes.Share("sadness").ShouldBe(0.5);
        votes.Share("fear").ShouldBe(0);
        votes.ToString().ShouldBe("E1=sadness;E2=sadness;E2=frustration;E3=anger");
    }

    [Fact]
    public void CountsNeedNoAnnotators()
    {
        var votes = EmotionVotes.FromCounts([new("anger", 6), new("fear", 0), new("neutral", 2)]).ShouldNotBeNull();

        votes.ToString().ShouldBe("anger*6;neutral*2");
        votes.Annotators.ShouldBeNull();
        votes.Share("anger").ShouldBe(0.75);
        votes.ShouldBe(EmotionVotes.Parse("anger*6;neutral*2"));
        votes.ShouldNotBe(EmotionVotes.Parse("anger*6;neutral*3"));
        EmotionVotes.FromCounts([new("anger", 0)]).ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("anger*0")]
    [InlineData("anger*x")]
    [InlineData("E1=E2=anger")]
    [InlineData("E1=anger*2")]
    [InlineData("anger;;fear")]
    public void OtherTextIsRefused(string text) => Should.Throw<FormatException>(() => EmotionVotes.Parse(text));
}
