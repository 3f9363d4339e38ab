namespace Undertone.Speech;

/// <summary>What the articulators do, one value each millisecond: the score that the synthesiser plays.</summary>
internal sealed class DemoVoicePlan
{
    /// <summary>Steps a second of all tracks.</summary>
    public const int StepRate = 1000;

    // The average voice: 5.5 syllables a second, accents of 2.2 semitones, a fall of 3 semitones along a statement.
    private const double AccentSemitones = 2.2;
    private const double Declination = -3;
    private const double SyllableDb = 2;
    private const double PauseMilliseconds = 90;
    private const double OnsetMilliseconds = 30;

    /// <summary>Creates silent tracks.</summary>
    /// <param name="steps">Their length in milliseconds.</param>
    public DemoVoicePlan(int steps)
    {
        Steps = steps;
        Pitch = new double[steps];
        Voice = new double[steps];
        Breath = new double[steps];
        Noise = new double[steps];
        NoiseHz = new double[steps];
        NoiseWidth = new double[steps];
        Formants = [new double[steps], new double[steps], new double[steps], new double[steps], new double[steps]];
        Array.Fill(NoiseHz, 4000);
        Array.Fill(NoiseWidth, 2000);
    }

    /// <summary>The length of all tracks in milliseconds.</summary>
    public int Steps { get; }

    /// <summary>Intended F0 in Hz.</summary>
    public double[] Pitch { get; }

    /// <summary>Amplitude of voicing.</summary>
    public double[] Voice { get; }

    /// <summary>Amplitude of aspiration.</summary>
    public double[] Breath { get; }

    /// <summary>Amplitude of frication.</summary>
    public double[] Noise { get; }

    /// <summary>Centre of the frication's spectrum in Hz.</summary>
    public double[] NoiseHz { get; }

    /// <summary>Bandwidth of the frication's spectrum in Hz.</summary>
    public double[] NoiseWidth { get; }

    /// <summary>Five formant tracks in Hz.</summary>
    public double[][] Formants { get; }

    /// <summary>Standard deviation of a period's duration, relative.</summary>
    public double PeriodDeviation { get; set; }

    /// <summary>Standard deviation of a pulse's amplitude, relative.</summary>
    public double AmplitudeDeviation { get; set; }

    /// <summary>Fall of the source's spectrum at 3 kHz in dB.</summary>
    public double TiltDb { get; set; }

    /// <summary>Part of a period that the glottis is open.</summary>
    public double OpenQuotient { get; set; } = 0.6;

    /// <summary>Level over the voiced part in dB relative to full scale.</summary>
    public double LevelDb { get; set; }

    /// <summary>Syllables spoken.</summary>
    public int Syllables { get; set; }

    /// <summary>Seconds from first to last sound.</summary>
    public double SpokenSeconds { get; set; }

    /// <summary>Seconds of pauses between words.</summary>
    public double PauseSeconds { get; set; }

    /// <summary>Plans a sentence.</summary>
    /// <param name="speaker">Who speaks.</param>
    /// <param name="cues">Departures from the speaker's habits, by <see cref="DemoCue"/>.</param>
    /// <param name="sentence">The sentence, as in <see cref="DemoVoicePhones.Sentences"/>.</param>
    /// <param name="random">The utterance's stream.</param>
    public static DemoVoicePlan Of(DemoSpeaker speaker, double[] cues, string sentence, SeededRandom random)
    {
        double Cue(DemoCue cue) => cues[(int)cue];
        var pace = 1 / (speaker.RateFactor * Math.Pow(2, Math.Clamp(Cue(DemoCue.Rate), -1, 1)));
        var pause = PauseMilliseconds * Math.Pow(2, Math.Clamp(Cue(DemoCue.Pauses), -2, 2));
        var syllableDb = SyllableDb * Math.Pow(2, Math.Clamp(Cue(DemoCue.LevelRange), -2, 1.5));

        var score = Arrange(sentence, pace, pause, syllableDb, random);
        var plan = new DemoVoicePlan((int)Math.Ceiling(score.Milliseconds))
        {
            Syllables = score.Syllables.Count,
            SpokenSeconds = (score.Sounds[^1].End - score.Sounds[0].Start) / 1000,
            PauseSeconds = score.PauseMilliseconds / 1000,
            TiltDb = Math.Clamp(speaker.TiltDb - Cue(DemoCue.HighEnergy), 0, 26),
            LevelDb = -26 + speaker.LevelDb + Cue(DemoCue.Level),
        };
        var irregularity = Math.Pow(2, Math.Clamp(Cue(DemoCue.Irregularity), -2, 2));
        plan.PeriodDeviation = 0.007 * irregularity;
        plan.AmplitudeDeviation = 0.04 * irregularity;
        plan.OpenQuotient = Math.Clamp(0.55 + (0.012 * (plan.TiltDb - 8)), 0.4, 0.85);

        plan.Articulate(score.Sounds, speaker.TractScale, pace);
        var onset = OnsetMilliseconds * Math.Pow(2, Math.Clamp(Cue(DemoCue.Onset), -1.5, 1.5));
        plan.Smooth(pace, onset);
        plan.Intone(score.Syllables, speaker.PitchHz, Cue, random);

        // A lax voice with a steep spectrum leaks air: aspiration rides on voicing.
        var leak = 0.015 * Math.Pow(10, plan.TiltDb / 30);
        for (var t = 0; t < plan.Steps; t++)
        {
            plan.Breath[t] += leak * plan.Voice[t];
        }

        return plan;
    }

    private static Score Arrange(string sentence, double pace, double pause, double syllableDb, SeededRandom random)
    {
        var score = new Score { Milliseconds = 80 + (120 * random.NextDouble()) };
        var words = sentence.Split(' ');
        for (var w = 0; w < words.Length; w++)
        {
            var syllables = words[w].Split('.');
            for (var s = 0; s < syllables.Length; s++)
            {
                var stressed = syllables[s].StartsWith('\'');
                var last = w == words.Length - 1 && s == syllables.Length - 1;
                var loud = Math.Pow(10, ((stressed ? 1.5 : -1) + (syllableDb * random.NextGaussian())) / 20);
                foreach (var phone in syllables[s].TrimStart('\'').SelectMany(DemoVoicePhones.Of))
                {
                    var stretch = (phone.IsVowel && stressed ? 1.25 : 1) * (last ? 1.3 : 1) * Math.Exp(0.08 * random.NextGaussian());
                    var end = score.Milliseconds + (phone.Milliseconds * pace * stretch);
                    score.Sounds.Add(new Sound(phone, score.Milliseconds, end, loud));
                    if (phone.IsVowel)
                    {
                        score.Syllables.Add(new Syllable((score.Milliseconds + end) / 2, end - score.Milliseconds, stressed));
                    }

                    score.Milliseconds = end;
                }
            }

            if (w < words.Length - 1)
            {
                // Not every word boundary is heard as a pause.
                var rest = random.NextDouble() < 0.55 ? pause * Math.Exp(0.3 * random.NextGaussian()) : 0;
                score.Milliseconds += rest;
                score.PauseMilliseconds += rest;
            }
        }

        score.Milliseconds += 80 + (120 * random.NextDouble());
        return score;
    }

    private void Articulate(List<Sound> sounds, double tractScale, double pace)
    {
        var next = 0;
        for (var t = 0; t < Steps; t++)
        {
            while (next < sounds.Count - 1 && t >= sounds[next].End && t >= (sounds[next].End + sounds[next + 1].Start) / 2)
            {
                next++;
            }

            var (phone, start, end, loud) = sounds[next];
            Formants[0][t] = phone.F1 * tractScale;
            Formants[1][t] = phone.F2 * tractScale;
            Formants[2][t] = phone.F3 * tractScale;
            Formants[3][t] = phone.F4 * tractScale;
            Formants[4][t] = 4500 * tractScale;
            if (t < start || t >= end)
            {
                continue;
            }

            Voice[t] = phone.Voice * loud;
            Breath[t] = phone.Breath * loud;
            Noise[t] = phone.Noise * loud;
            if (phone.NoiseHz > 0)
            {
                NoiseHz[t] = Math.Min(phone.NoiseHz * Math.Sqrt(tractScale), 7000);
                NoiseWidth[t] = phone.NoiseWidth;
            }
        }

        foreach (var track in Formants)
        {
            DemoVoiceTracks.Smooth(track, 55 * Math.Sqrt(pace));
        }
    }

    private void Smooth(double pace, double onset)
    {
        DemoVoiceTracks.Smooth(Voice, onset * Math.Sqrt(pace));
        DemoVoiceTracks.Smooth(Breath, 12);
        DemoVoiceTracks.Smooth(Noise, 10);
    }

    private void Intone(List<Syllable> syllables, double pitchHz, Func<DemoCue, double> cue, SeededRandom random)
    {
        var range = Math.Pow(2, Math.Clamp(cue(DemoCue.PitchRange), -2, 1.5));
        var contour = Declination + cue(DemoCue.PitchContour);
        var first = syllables[0].Centre;
        var length = Math.Max(1, syllables[^1].Centre - first);
        var accents = syllables.Select(s => AccentSemitones * range * ((s.Stressed ? 0.9 : -0.4) + (0.6 * random.NextGaussian()))).ToArray();
        for (var t = 0; t < Steps; t++)
        {
            var semitones = cue(DemoCue.PitchLevel) + (contour * (Math.Clamp((t - first) / length, 0, 1) - 0.5));
            for (var s = 0; s < accents.Length; s++)
            {
                var x = (t - syllables[s].Centre) / (0.8 * syllables[s].Milliseconds);
                semitones += accents[s] * Math.Exp(-0.5 * x * x);
            }

            Pitch[t] = Math.Clamp(pitchHz * Math.Pow(2, semitones / 12), 55, 550);
        }

        DemoVoiceTracks.Smooth(Pitch, 40);
    }

    private sealed class Score
    {
        public List<Sound> Sounds { get; } = [];

        public List<Syllable> Syllables { get; } = [];

        public double Milliseconds { get; set; }

        public double PauseMilliseconds { get; set; }
    }

    private readonly record struct Sound(DemoPhone Phone, double Start, double End, double Loud);

    private readonly record struct Syllable(double Centre, double Milliseconds, bool Stressed);
}
