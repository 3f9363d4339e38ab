using Undertone.Speech;

namespace Undertone.Augmentation;

/// <summary>What noise is made of.</summary>
public enum NoiseSource
{
    /// <summary>The same power at every frequency.</summary>
    White,

    /// <summary>Power that falls by 3 dB an octave.</summary>
    Pink,

    /// <summary>Other training utterances, several at once.</summary>
    Babble,

    /// <summary>A stretch of one of the user's files.</summary>
    Files,
}

/// <summary>
/// Mixes noise into the recording at a signal-to-noise ratio drawn uniformly in decibels, its kind drawn from those
/// allowed (babble and files as in Snyder, Chen, Povey 2015, MUSAN, arXiv:1510.08484).
/// </summary>
public sealed record AdditiveNoise : WaveformAugmentation
{
    private const int FewestTalkers = 3;
    private const int MostTalkers = 7;

    /// <summary>The kinds to draw from.</summary>
    public IReadOnlyList<NoiseSource> Kinds { get; init; } = [NoiseSource.White, NoiseSource.Pink, NoiseSource.Babble];

    /// <summary>The lowest signal-to-noise ratio, dB.</summary>
    public double LowestSnr { get; init; } = 5;

    /// <summary>The highest, dB.</summary>
    public double HighestSnr { get; init; } = 20;

    /// <summary>Where the user's noise files lie; needed for the kind <c>files</c>.</summary>
    public string? Folder { get; init; }

    /// <inheritdoc/>
    public override Waveform Apply(Waveform waveform, SeededRandom random, AugmentationSounds sounds)
    {
        ArgumentNullException.ThrowIfNull(waveform);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(sounds);
        var kind = Kinds[random.NextInt(Kinds.Count)];
        var snr = Between(LowestSnr, HighestSnr, random);
        var length = waveform.Samples.Length;
        return Noise.Mix(
            waveform,
            kind switch
            {
                NoiseSource.White => Noise.White(length, random),
                NoiseSource.Pink => Noise.Pink(length, random, waveform.SampleRate),
                NoiseSource.Babble => Noise.Babble(Talkers(random, sounds), length, random),
                _ => Noise.Babble([Pick(sounds.Folder(Folder!), random)], length, random),
            },
            snr);
    }

    internal override string? Sounds => Kinds.Contains(NoiseSource.Files) ? Folder : null;

    internal override bool UsesVoices => Kinds.Contains(NoiseSource.Babble);

    private protected override IEnumerable<(string Name, object? Value, bool Possible, string Expected)> Checks() =>
    [
        ("kinds", "empty", Kinds.Count > 0, "at least one of white, pink, babble, files"),
        ("lowest-snr", LowestSnr, Math.Abs(LowestSnr) <= 100, "in [-100, 100]"),
        ("highest-snr", HighestSnr, HighestSnr >= LowestSnr && HighestSnr <= 100, "at least lowest-snr and at most 100"),
        ("folder", "not set", !Kinds.Contains(NoiseSource.Files) || Folder is { Length: > 0 }, "set for the kind files"),
    ];

    private static Waveform Pick(IReadOnlyList<Waveform> sounds, SeededRandom random) => sounds[random.NextInt(sounds.Count)];

    private static List<Waveform> Talkers(SeededRandom random, AugmentationSounds sounds)
    {
        var others = Enumerable.Range(0, sounds.Voices).Where(i => i != sounds.Own).ToArray();
        var count = Math.Min(others.Length, FewestTalkers + random.NextInt(MostTalkers - FewestTalkers + 1));
        random.Shuffle(others.AsSpan());
        return [.. others.Take(count).Select(sounds.Voice)];
    }
}
