namespace Undertone.Speech;

/// <summary>
/// Plays a plan: source and aspiration through a cascade of five resonances, frication through its own, after the
/// source–filter theory of G. Fant (Acoustic Theory of Speech Production, Mouton, 1960).
/// </summary>
internal static class DemoVoiceSynthesiser
{
    private const int Rate = Waveform.StandardRate;
    private const int SamplesPerStep = Rate / DemoVoicePlan.StepRate;
    private const double Loudest = 0.95;

    private static readonly double[] Bandwidths = [70, 100, 140, 220, 300];

    /// <summary>Synthesises.</summary>
    /// <param name="plan">What to say and how.</param>
    /// <param name="floorDb">Level of the room's noise in dB relative to full scale.</param>
    /// <param name="random">The utterance's stream.</param>
    public static DemoUtterance Play(DemoVoicePlan plan, double floorDb, SeededRandom random)
    {
        var samples = new double[plan.Steps * SamplesPerStep];
        var source = new DemoVoiceSource(plan, random);
        Span<DemoVoiceResonator> tract = stackalloc DemoVoiceResonator[5];
        var frication = default(DemoVoiceResonator);
        for (var step = 0; step < plan.Steps; step++)
        {
            for (var f = 0; f < tract.Length; f++)
            {
                tract[f].Tune(plan.Formants[f][step], Bandwidths[f]);
            }

            frication.Tune(plan.NoiseHz[step], plan.NoiseWidth[step]);
            for (var n = step * SamplesPerStep; n < (step + 1) * SamplesPerStep; n++)
            {
                var hiss = Noise(random);
                var rustle = Noise(random);
                var pulse = source.Next(n, step);
                var sound = (plan.Voice[step] * pulse) + (plan.Breath[step] * (source.IsOpen ? 1 : 0.4) * hiss);
                for (var f = 0; f < tract.Length; f++)
                {
                    sound = tract[f].Next(sound);
                }

                samples[n] = sound + (plan.Noise[step] * frication.Next(rustle));
            }
        }

        var pitch = PitchTrack(plan, source.Periods);
        var level = Level(samples, pitch, plan.LevelDb);
        var waveform = Finish(samples, floorDb, random);
        return new DemoUtterance(waveform, new DemoTruth
        {
            Pitch = pitch,
            Formants = [.. plan.Formants.Select(FormantTrack)],
            Periods = source.Periods,
            LevelDb = level,
            Syllables = plan.Syllables,
            SpokenSeconds = plan.SpokenSeconds,
            PauseSeconds = plan.PauseSeconds,
            TiltDb = plan.TiltDb,
        });
    }

    // Twelve uniform numbers would be nearer to Gaussian; for noise that is filtered, three do, at a third of the cost.
    private static double Noise(SeededRandom random)
    {
        var bits = random.NextUInt64();
        const double Unit = 1.0 / (1 << 21);
        return ((bits & 0x1FFFFF) + ((bits >> 21) & 0x1FFFFF) + ((bits >> 42) & 0x1FFFFF)) * Unit - 1.5;
    }

    private static int Frames(int steps) => (int)(((steps - 1) / (DemoTruth.HopSeconds * DemoVoicePlan.StepRate)) + 1);

    private static float[] FormantTrack(double[] track)
    {
        var frames = new float[Frames(track.Length)];
        for (var i = 0; i < frames.Length; i++)
        {
            frames[i] = (float)track[(int)Math.Round(i * DemoTruth.HopSeconds * DemoVoicePlan.StepRate)];
        }

        return frames;
    }

    private static float[] PitchTrack(DemoVoicePlan plan, IReadOnlyList<GlottalPeriod> periods)
    {
        var frames = new float[Frames(plan.Steps)];
        foreach (var period in periods)
        {
            var last = Math.Min((period.Start + period.Seconds) / DemoTruth.HopSeconds, frames.Length);
            for (var i = (int)Math.Ceiling(period.Start / DemoTruth.HopSeconds); i < last; i++)
            {
                frames[i] = (float)(1 / period.Seconds);
            }
        }

        return frames;
    }

    private static double Level(double[] samples, float[] pitch, double levelDb)
    {
        double sum = 0;
        double peak = 0;
        var count = 0;
        for (var n = 0; n < samples.Length; n++)
        {
            peak = Math.Max(peak, Math.Abs(samples[n]));
            if (pitch[Math.Min((int)(n / (DemoTruth.HopSeconds * Rate)), pitch.Length - 1)] > 0)
            {
                sum += samples[n] * samples[n];
                count++;
            }
        }

        var rms = Math.Sqrt(sum / Math.Max(count, 1));
        var gain = Math.Min(Math.Pow(10, levelDb / 20) / rms, Loudest / peak);
        for (var n = 0; n < samples.Length; n++)
        {
            samples[n] *= gain;
        }

        return 20 * Math.Log10(rms * gain);
    }

    private static Waveform Finish(double[] samples, double floorDb, SeededRandom random)
    {
        // The noise has a variance of 3/12.
        var floor = 2 * Math.Pow(10, floorDb / 20);
        var audio = new float[samples.Length];
        for (var n = 0; n < samples.Length; n++)
        {
            audio[n] = (float)Math.Clamp(samples[n] + (floor * Noise(random)), -1, 1);
        }

        return new Waveform(audio, Rate);
    }
}
