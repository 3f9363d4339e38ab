using System.Text;

namespace Undertone.Tests.Speech;

/// <summary>Writes WAV files byte by byte, as the format's definition has them: nothing of the reader's library takes part.</summary>
internal static class RiffBuilder
{
    public const int Pcm = 1;
    public const int Float = 3;
    public const int ALaw = 6;
    public const int MuLaw = 7;

    public static byte[] Wave(int tag, int bits, int rate, int channels, byte[] data, uint? promised = null)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.ASCII);
        var blockAlign = channels * bits / 8;
        writer.Write("RIFF"u8);
        writer.Write((uint)(36 + data.Length));
        writer.Write("WAVE"u8);
        writer.Write("fmt "u8);
        writer.Write(16);
        writer.Write((short)tag);
        writer.Write((short)channels);
        writer.Write(rate);
        writer.Write(rate * blockAlign);
        writer.Write((short)blockAlign);
        writer.Write((short)bits);
        writer.Write("data"u8);
        writer.Write(promised ?? (uint)data.Length);
        writer.Write(data);
        writer.Flush();
        return stream.ToArray();
    }

    public static byte[] Samples(int tag, int bits, params double[] amplitudes)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        foreach (var amplitude in amplitudes)
        {
            switch (tag, bits)
            {
                case (Pcm, 8):
                    writer.Write((byte)(128 + Math.Round(amplitude * 128)));
                    break;
                case (Pcm, 16):
                    writer.Write((short)Math.Round(amplitude * 32768));
                    break;
                case (Pcm, 24):
                    writer.Write(BitConverter.GetBytes((int)Math.Round(amplitude * 8388608)).AsSpan(0, 3));
                    break;
                case (Pcm, 32):
                    writer.Write((int)Math.Round(amplitude * 2147483648));
                    break;
                case (Float, 32):
                    writer.Write((float)amplitude);
                    break;
                case (Float, 64):
                    writer.Write(amplitude);
                    break;
                default:
                    throw new ArgumentException($"{tag}, {bits}");
            }
        }

        writer.Flush();
        return stream.ToArray();
    }
}

/// <summary>A folder for one test class, deleted at its end.</summary>
public sealed class ScratchFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("undertone-test-").FullName;

    public string this[string name] => Path.Combine(_path, name);

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(this[name], bytes);
        return this[name];
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
