using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Undertone;

/// <summary>
/// The random generator of everything that must come out the same again: folds, validation speakers, augmentation,
/// bootstrap draws. It is xoshiro256** (Blackman and Vigna 2021, "Scrambled linear pseudorandom number generators",
/// doi:10.1145/3460772), so its stream does not depend on the .NET version. Not thread-safe, not for secrets.
/// </summary>
public sealed class SeededRandom
{
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;
    private double _spareGaussian = double.NaN;

    /// <summary>Starts a stream; the four words of state are the first four outputs of SplitMix64.</summary>
    /// <param name="seed">Any value.</param>
    public SeededRandom(ulong seed)
    {
        _s0 = SplitMix64(ref seed);
        _s1 = SplitMix64(ref seed);
        _s2 = SplitMix64(ref seed);
        _s3 = SplitMix64(ref seed);
    }

    /// <summary>
    /// Starts the stream that belongs to some names and numbers, for example <c>From(seed, fold, "validation")</c>:
    /// other parts, in number, order or kind, give an independent stream.
    /// </summary>
    /// <param name="parts">Strings and whole numbers.</param>
    /// <returns>The generator seeded with the first eight bytes (little-endian) of the SHA-256 of the parts.</returns>
    public static SeededRandom From(params ReadOnlySpan<SeedPart> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            part.AppendTo(hash);
        }

        return new SeededRandom(BinaryPrimitives.ReadUInt64LittleEndian(hash.GetHashAndReset()));
    }

    /// <summary>The next 64 random bits.</summary>
    public ulong NextUInt64()
    {
        var result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        var t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>A whole number, each of the <paramref name="count"/> values equally likely (Lemire 2019, doi:10.1145/3230636).</summary>
    /// <param name="count">The number of values, at least 1.</param>
    /// <returns>A number in [0, <paramref name="count"/>).</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public int NextInt(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var range = (ulong)count;
        var high = Math.BigMul(NextUInt64(), range, out var low);
        if (low < range)
        {
            var threshold = (0UL - range) % range;
            while (low < threshold)
            {
                high = Math.BigMul(NextUInt64(), range, out low);
            }
        }

        return (int)high;
    }

    /// <summary>A uniform number in [0, 1): the upper 53 bits, so every value is a multiple of 2^-53.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>
    /// A number of the standard normal distribution by Marsaglia's polar method (Marsaglia and Bray 1964,
    /// doi:10.1137/1006063); each second call returns the pair's other half.
    /// </summary>
    public double NextGaussian()
    {
        if (!double.IsNaN(_spareGaussian))
        {
            var spare = _spareGaussian;
            _spareGaussian = double.NaN;
            return spare;
        }

        double u, v, s;
        do
        {
            u = (2 * NextDouble()) - 1;
            v = (2 * NextDouble()) - 1;
            s = (u * u) + (v * v);
        }
        while (s is >= 1 or 0);

        var scale = Math.Sqrt(-2 * Math.Log(s) / s);
        _spareGaussian = v * scale;
        return u * scale;
    }

    /// <summary>Puts items into a random order, every order equally likely (Fisher–Yates, from the last item down).</summary>
    /// <param name="items">The items, reordered in place.</param>
    /// <typeparam name="T">Any type.</typeparam>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = NextInt(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private static ulong SplitMix64(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}

/// <summary>One part of what a random stream belongs to: a string or a whole number, by implicit conversion.</summary>
public readonly struct SeedPart
{
    private readonly string? _text;
    private readonly long _number;

    private SeedPart(string? text, long number)
    {
        _text = text;
        _number = number;
    }

    /// <summary>A name.</summary>
    /// <param name="text">The name.</param>
    public static implicit operator SeedPart(string text) => new(text, 0);

    /// <summary>A number.</summary>
    /// <param name="number">The number.</param>
    public static implicit operator SeedPart(long number) => new(null, number);

    /// <summary>A number.</summary>
    /// <param name="number">The number.</param>
    public static implicit operator SeedPart(int number) => new(null, number);

    /// <summary>Kind and length come first, so that no two lists of parts have the same bytes.</summary>
    internal void AppendTo(IncrementalHash hash)
    {
        Span<byte> head = stackalloc byte[9];
        var bytes = _text is null ? [] : Encoding.UTF8.GetBytes(_text);
        head[0] = (byte)(_text is null ? 'n' : 's');
        BinaryPrimitives.WriteInt64LittleEndian(head[1..], _text is null ? _number : bytes.Length);
        hash.AppendData(head);
        hash.AppendData(bytes);
    }
}
