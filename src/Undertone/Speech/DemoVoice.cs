using Undertone.Emotions;

namespace Undertone.Speech;

/// <summary>
/// A voice of our own, which needs no download and of which every value is known: a source–filter synthesiser with
/// eight speakers and five emotions that follow the acoustic correlates of Juslin and Laukka 2003
/// (doi:10.1037/0033-2909.129.5.770). It serves for tests and for trying the workbench out; it is no evidence on people.
/// </summary>
/// <remarks>
/// Speakers differ in pitch, vocal tract, rate, loudness and voice quality, express each emotion in their own way and
/// with their own strength, and no two utterances are alike, so that speakers overlap. The same arguments give the same
/// samples.
/// </remarks>
public static class DemoVoice
{
    /// <summary>The emotions, in reporting order.</summary>
    public static IReadOnlyList<string> Emotions => DemoVoiceCues.Emotions;

    /// <summary>The number of sentences.</summary>
    public static int Sentences => DemoVoicePhones.Sentences.Count;

    /// <summary>Speaks a sentence.</summary>
    /// <param name="speaker">One of <see cref="DemoSpeaker.All"/>, or another.</param>
    /// <param name="emotion">One of <see cref="Emotions"/>.</param>
    /// <param name="sentence">The sentence, from 0 to <see cref="Sentences"/> − 1.</param>
    /// <param name="take">Another take is the same sentence spoken again.</param>
    /// <param name="seed">Another seed is another cast: the same habits, other ways to express emotion.</param>
    /// <returns>One to three seconds of mono audio at 16 kHz, with what is true of it.</returns>
    /// <exception cref="ArgumentException">There is no such emotion or sentence.</exception>
    public static DemoUtterance Speak(DemoSpeaker speaker, string emotion, int sentence, int take = 0, long seed = 0)
    {
        ArgumentNullException.ThrowIfNull(speaker);
        var index = Emotions.ToList().IndexOf(emotion);
        if (index < 0)
        {
            throw new ArgumentException($"the demo voice has no emotion '{emotion}'{NearestName.Hint(emotion, Emotions)}", nameof(emotion));
        }

        if (sentence < 0 || sentence >= Sentences)
        {
            throw new ArgumentOutOfRangeException(nameof(sentence), sentence, $"the demo voice has sentences 0 to {Sentences - 1}.");
        }

        var random = Stream(speaker, emotion, sentence, take, seed);
        var cues = DemoVoiceCues.Draw(speaker, index, seed, random);
        var plan = DemoVoicePlan.Of(speaker, cues, DemoVoicePhones.Sentences[sentence], random);
        return DemoVoiceSynthesiser.Play(plan, -64 + (2 * random.NextGaussian()), random);
    }

    /// <summary>
    /// The arousal and valence of an utterance: the emotion's place times the strength with which this utterance expresses
    /// it. They are as synthetic as the voice: the signs are those of Russell's circumplex (J. A. Russell: A circumplex model
    /// of affect, Journal of Personality and Social Psychology 39(6), 1161-1178, 1980, doi:10.1037/h0077714), sizes are our own.
    /// </summary>
    /// <param name="speaker">As for <see cref="Speak"/>.</param>
    /// <param name="emotion">As for <see cref="Speak"/>.</param>
    /// <param name="sentence">As for <see cref="Speak"/>.</param>
    /// <param name="take">As for <see cref="Speak"/>.</param>
    /// <param name="seed">As for <see cref="Speak"/>.</param>
    /// <returns>Numbers between about −2 and 2, rounded to three decimals; 0 is neutral.</returns>
    /// <exception cref="ArgumentException">There is no such emotion.</exception>
    public static (double Arousal, double Valence) Dimensions(DemoSpeaker speaker, string emotion, int sentence, int take = 0, long seed = 0)
    {
        ArgumentNullException.ThrowIfNull(speaker);
        var (arousal, valence) = emotion switch
        {
            Emotion.Anger => (0.8, -0.6),
            Emotion.Fear => (0.6, -0.8),
            Emotion.Happiness => (0.5, 0.8),
            Emotion.Neutral => (0.0, 0.0),
            Emotion.Sadness => (-0.7, -0.5),
            _ => throw new ArgumentException($"the demo voice has no emotion '{emotion}'{NearestName.Hint(emotion, Emotions)}", nameof(emotion)),
        };
        var strength = DemoVoiceCues.StrengthOf(speaker, Stream(speaker, emotion, sentence, take, seed));
        return (Math.Round(arousal * strength, 3), Math.Round(valence * strength, 3));
    }

    /// <summary>Holds a vowel at a steady pitch.</summary>
    /// <param name="speaker">The speaker, whose vocal tract and voice quality it has.</param>
    /// <param name="vowel">One of a, e, i, o, u.</param>
    /// <param name="pitchHz">F0 in Hz, from 55 to 550.</param>
    /// <param name="seconds">The duration, at least 0.1.</param>
    /// <param name="jitter">Local jitter to aim at, a fraction: 0.01 is one percent. Realised values are in the truth.</param>
    /// <param name="shimmer">Local shimmer to aim at, a fraction.</param>
    /// <param name="breath">Amplitude of aspiration; 0.02 is a clear voice, 0.2 a breathy one.</param>
    /// <returns>The vowel and what is true of it.</returns>
    /// <exception cref="ArgumentException">The vowel, pitch or duration is not possible.</exception>
    public static DemoUtterance Vowel(
        DemoSpeaker speaker, char vowel, double pitchHz, double seconds = 1, double jitter = 0, double shimmer = 0, double breath = 0)
    {
        ArgumentNullException.ThrowIfNull(speaker);
        if (!"aeiou".Contains(vowel))
        {
            throw new ArgumentException($"'{vowel}' is not a vowel of the demo voice; expected one of a, e, i, o, u.", nameof(vowel));
        }

        if (!(pitchHz is >= 55 and <= 550) || !(seconds is >= 0.1 and <= 3600))
        {
            throw new ArgumentException($"expected a pitch of 55 to 550 Hz and 0.1 to 3600 s, not {pitchHz} Hz and {seconds} s.", nameof(pitchHz));
        }

        // The mean absolute difference of two normal values is 2/√π of their deviation.
        var toDeviation = Math.Sqrt(Math.PI) / 2;
        var phone = DemoVoicePhones.Of(vowel)[0];
        var plan = new DemoVoicePlan((int)Math.Round(seconds * DemoVoicePlan.StepRate))
        {
            PeriodDeviation = jitter * toDeviation,
            AmplitudeDeviation = shimmer * toDeviation,
            TiltDb = speaker.TiltDb,
            LevelDb = -20,
            Syllables = 1,
            SpokenSeconds = seconds,
        };
        Array.Fill(plan.Pitch, pitchHz);
        Array.Fill(plan.Voice, 1);
        Array.Fill(plan.Breath, breath);
        double[] formants = [phone.F1, phone.F2, phone.F3, phone.F4, 4500];
        for (var f = 0; f < formants.Length; f++)
        {
            Array.Fill(plan.Formants[f], formants[f] * speaker.TractScale);
        }

        var random = SeededRandom.From("vowel", speaker.Id, vowel, BitConverter.DoubleToInt64Bits(pitchHz), plan.Steps);
        return DemoVoiceSynthesiser.Play(plan, -90, random);
    }

    private static SeededRandom Stream(DemoSpeaker speaker, string emotion, int sentence, int take, long seed) =>
        SeededRandom.From(seed, "utterance", speaker.Id, emotion, sentence, take);
}
