using Undertone.Features;

namespace Undertone.Systems;

/// <summary>The setting <c>input</c> of systems on frames: a frame-wise feature set by name, in place of the system's own.</summary>
internal static class FrameInput
{
    /// <summary>Seconds between frames below which sequences are too long to walk over or to compare.</summary>
    private const double ShortestHop = 1e-3;

    /// <summary>The set that is heard.</summary>
    /// <param name="input">The setting; null for the system's own set.</param>
    /// <param name="own">The system's own set.</param>
    /// <exception cref="UndertoneException">There is no such set.</exception>
    public static FeatureOptions Options(string? input, FeatureOptions own) => input is null ? own : FeatureSetCatalog.Default.Get(input).Options;

    /// <summary>Says why a set does not serve.</summary>
    /// <param name="input">The setting.</param>
    /// <param name="takesFunctionals">The name of a system that takes what is no frames.</param>
    /// <param name="further">What else the system asks of a set.</param>
    public static IReadOnlyList<string> Problems(string? input, string takesFunctionals, Func<FeatureExtractor, IEnumerable<string>> further)
    {
        if (input is null)
        {
            return [];
        }

        FeatureExtractor extractor;
        try
        {
            extractor = FeatureSetCatalog.Default.Get(input).Options.CreateExtractor();
        }
        catch (UndertoneException error)
        {
            return [$"input: {error.Message}"];
        }

        return
        [
            .. extractor.IsFunctionals
                ? [$"input must be a frame-wise feature set, but '{input}' is one vector an utterance; {takesFunctionals} takes such"]
                : Array.Empty<string>(),
            .. further(extractor),
        ];
    }

    /// <summary>Refuses sequences as long as raw audio's.</summary>
    /// <param name="input">The setting.</param>
    /// <param name="extractor">What it names.</param>
    public static IEnumerable<string> TooManyFrames(string? input, FeatureExtractor extractor) => extractor.HopSeconds is > 0 and < ShortestHop
        ? [$"input must be a frame-wise feature set of at most a frame every 1 ms, but '{input}' has {extractor.Pace}, too many steps to walk or to compare"]
        : [];
}
