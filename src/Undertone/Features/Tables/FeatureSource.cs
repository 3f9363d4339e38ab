using Undertone.Speech;

namespace Undertone.Features.Tables;

/// <summary>One recording whose features are wanted.</summary>
/// <param name="Name">What the table calls it: the file as it was given, or the utterance's id.</param>
/// <param name="Key">What tells whether the audio is still the same: path, size and time, or a hash.</param>
/// <param name="Read">Reads the audio: mono, at the rate that the feature set expects.</param>
public sealed record FeatureSource(string Name, string Key, Func<Waveform> Read)
{
    /// <summary>What is known of it besides, in the order of <see cref="FeatureTableExtraction.LabelNames"/>: speaker, emotion. Default none.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>The audio, for sets that need not have it in memory whole. Default what <see cref="Read"/> gives.</summary>
    public AudioSource Audio { get; init; } = AudioSource.Of(Read);

    /// <summary>A file, whose key is its full path, size and time of last change.</summary>
    /// <param name="path">The file; reading a missing one fails, not this.</param>
    public static FeatureSource File(string path)
    {
        var file = new FileInfo(path);
        var key = FormattableString.Invariant($"{file.FullName}\n{(file.Exists ? file.Length : -1)}\n{(file.Exists ? file.LastWriteTimeUtc.Ticks : -1)}");
        return new FeatureSource(path, key, () => AudioFile.Read(path)) { Audio = AudioSource.File(path) };
    }
}
