using Undertone.Systems;

namespace Undertone.Tests.Experiments;

/// <summary>A card of a paper that does not exist.</summary>
internal static class MadePaper
{
    public static PaperCard Card { get; } = new()
    {
        Citation = "Nobody 2020",
        Input = "nothing",
        Training = "none",
        Protocol = "70:30",
        Split = new(30, PaperEvidence.Printed),
        Reported = [new("emodb", "accuracy", 95, "table 1"), new("emodb", "accuracy", 97, "table 2") { SpeakersApart = true }, new("iemocap", "UAR", 60, "table 3")],
        Choices = [],
        Deviations = [],
    };

    public static PaperCard TunedCard { get; } = Card with
    {
        Tuned = new Dictionary<string, object> { ["training.epochs"] = "7", ["channels"] = new object[] { "4", "8" } },
    };
}
