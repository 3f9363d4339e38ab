namespace Undertone.Augmentation;

/// <summary>A shoebox room with a talker and a microphone; lengths in metres.</summary>
/// <param name="Size">Length, width and height.</param>
/// <param name="Talker">The talker's place.</param>
/// <param name="Microphone">The microphone's place.</param>
/// <param name="Time">The reverberation time, to −60 dB, in seconds.</param>
public sealed record ShoeboxRoom(IReadOnlyList<double> Size, IReadOnlyList<double> Talker, IReadOnlyList<double> Microphone, double Time);

/// <summary>Synthetic room impulse responses. Each begins with the direct sound, of amplitude 1.</summary>
public static class RoomImpulseResponse
{
    private const double SpeedOfSound = 343;

    /// <summary>
    /// Gaussian noise under an exponential decay (J.-D. Polack's model of the late field), 6 dB below the direct sound in
    /// all, after a gap of 5 ms.
    /// </summary>
    /// <param name="time">The reverberation time, to −60 dB, in seconds.</param>
    /// <param name="sampleRate">Samples a second, in Hz.</param>
    /// <param name="random">Where the noise comes from.</param>
    public static float[] Decay(double time, int sampleRate, SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(time);
        var response = new float[Math.Max(1, (int)Math.Round(time * sampleRate))];
        var rate = Math.Log(1000) / (time * sampleRate);
        double energy = 0;
        for (var n = (int)(0.005 * sampleRate); n < response.Length; n++)
        {
            response[n] = (float)(random.NextGaussian() * Math.Exp(-rate * n));
            energy += (double)response[n] * response[n];
        }

        var gain = energy > 0 ? (float)Math.Sqrt(0.25 / energy) : 0;
        for (var n = 0; n < response.Length; n++)
        {
            response[n] *= gain;
        }

        response[0] = 1;
        return response;
    }

    /// <summary>
    /// The image method (J. B. Allen, D. A. Berkley 1979, Image method for efficiently simulating small-room acoustics,
    /// doi:10.1121/1.382599): every wall mirrors talker and mirror images alike. Walls reflect equally, so strongly that
    /// Sabine's formula gives the reverberation time; arrivals fall on whole samples.
    /// </summary>
    /// <param name="room">The room.</param>
    /// <param name="sampleRate">Samples a second, in Hz.</param>
    /// <returns>The response from the direct sound until the reverberation time has passed.</returns>
    /// <exception cref="ArgumentException">A place lies outside the room, or its walls would have to absorb more than everything.</exception>
    public static float[] Images(ShoeboxRoom room, int sampleRate)
    {
        ArgumentNullException.ThrowIfNull(room);
        var (size, talker, microphone) = (room.Size, room.Talker, room.Microphone);
        var reflection = Reflection(size, room.Time);
        if (!(reflection > 0) || Enumerable.Range(0, 3).Any(i => !(talker[i] > 0 && talker[i] < size[i] && microphone[i] > 0 && microphone[i] < size[i])))
        {
            throw new ArgumentException("talker and microphone must lie within the room, and the reverberation time must be one that its size can have.", nameof(room));
        }

        var direct = Distance(talker, microphone);
        var response = new float[Math.Max(1, (int)Math.Round(room.Time * sampleRate))];
        var farthest = direct + (SpeedOfSound * response.Length / sampleRate);
        var orders = size.Select(s => (int)Math.Ceiling(farthest / (2 * s))).ToArray();
        var powers = Enumerable.Range(0, (2 * (orders.Sum() + 3)) + 1).Select(n => Math.Pow(reflection, n)).ToArray();
        // Along each direction an image lies at 2·n·size ± the talker, after |n| and |n − p| reflections.
        var axes = Enumerable.Range(0, 3).Select(i => Enumerable.Range(-orders[i], (2 * orders[i]) + 1)
            .SelectMany(n => new[] { 0, 1 }.Select(p => (
                Offset: (2 * n * size[i]) + ((1 - (2 * p)) * talker[i]) - microphone[i],
                Bounces: Math.Abs(n) + Math.Abs(n - p))))
            .ToArray()).ToArray();
        foreach (var (x, bx) in axes[0])
        {
            foreach (var (y, by) in axes[1])
            {
                var plane = (x * x) + (y * y);
                if (plane > farthest * farthest)
                {
                    continue;
                }

                foreach (var (z, bz) in axes[2])
                {
                    var distance = Math.Sqrt(plane + (z * z));
                    var at = (int)Math.Round((distance - direct) / SpeedOfSound * sampleRate);
                    if (at >= 0 && at < response.Length)
                    {
                        response[at] += (float)(powers[bx + by + bz] * direct / distance);
                    }
                }
            }
        }

        return response;
    }

    /// <summary>Draws a room from a small office to a class-room, with a talker half a metre to two metres from the microphone.</summary>
    /// <param name="time">The reverberation time wanted, in seconds.</param>
    /// <param name="random">Where the room comes from.</param>
    public static ShoeboxRoom DrawRoom(double time, SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        double Between(double low, double high) => low + ((high - low) * random.NextDouble());
        double[] size = [Between(3, 8), Between(3, 6), Between(2.4, 3.5)];
        double[] microphone = [Between(1, size[0] - 1), Between(1, size[1] - 1), Between(0.8, 1.6)];
        double[] talker = [.. microphone];
        var (distance, angle) = (Between(0.5, 2), Between(0, 2 * Math.PI));
        talker[0] = Math.Clamp(microphone[0] + (distance * Math.Cos(angle)), 0.3, size[0] - 0.3);
        talker[1] = Math.Clamp(microphone[1] + (distance * Math.Sin(angle)), 0.3, size[1] - 0.3);
        talker[2] = Between(1.1, 1.8);
        // No wall absorbs more than everything: a large room has its shortest possible time.
        var shortest = 0.161 * size[0] * size[1] * size[2] / (0.99 * Surface(size));
        return new ShoeboxRoom(size, talker, microphone, Math.Max(time, shortest));
    }

    /// <summary>Cuts what lies before the greatest amplitude and makes that 1.</summary>
    /// <param name="response">A recorded response.</param>
    /// <exception cref="UndertoneException">It is silent.</exception>
    public static float[] FromDirectSound(float[] response)
    {
        ArgumentNullException.ThrowIfNull(response);
        var at = 0;
        for (var n = 1; n < response.Length; n++)
        {
            at = Math.Abs(response[n]) > Math.Abs(response[at]) ? n : at;
        }

        return response.Length > 0 && response[at] != 0
            ? Array.ConvertAll(response[at..], s => s / response[at])
            : throw new UndertoneException("reverberation: a room response is silent; leave the file out.");
    }

    private static double Surface(IReadOnlyList<double> size) => 2 * ((size[0] * size[1]) + (size[1] * size[2]) + (size[0] * size[2]));

    private static double Reflection(IReadOnlyList<double> size, double time) =>
        Math.Sqrt(1 - (0.161 * size[0] * size[1] * size[2] / (Surface(size) * time)));

    private static double Distance(IReadOnlyList<double> a, IReadOnlyList<double> b) =>
        Math.Sqrt(Enumerable.Range(0, 3).Sum(i => (a[i] - b[i]) * (a[i] - b[i])));
}
