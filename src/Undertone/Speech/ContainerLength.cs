using System.Buffers.Binary;

namespace Undertone.Speech;

/// <summary>
/// Compares the length that a chunked container (RIFF, RIFX, AIFF) promises with the file's. libsndfile silently
/// shortens such audio to what is there, so that a half-copied file would pass for a shorter utterance.
/// </summary>
internal static class ContainerLength
{
    // Programs that write into a pipe cannot know the length and leave such a value in the header.
    private const uint Streamed = 0x7FFF0000;
    private const int MostChunks = 4096;

    /// <summary>The number of bytes of audio that the header promises and the file lacks; 0 where all is there or the container does not say.</summary>
    public static long MissingBytes(Stream stream)
    {
        Span<byte> head = stackalloc byte[12];
        if (stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length)
        {
            return 0;
        }

        bool bigEndian;
        ReadOnlySpan<byte> audio;
        switch (head)
        {
            case [(byte)'R', (byte)'I', (byte)'F', (byte)'F' or (byte)'X', .., (byte)'W', (byte)'A', (byte)'V', (byte)'E']:
                bigEndian = head[3] == (byte)'X';
                audio = "data"u8;
                break;
            case [(byte)'F', (byte)'O', (byte)'R', (byte)'M', .., (byte)'A', (byte)'I', (byte)'F', (byte)'F' or (byte)'C']:
                bigEndian = true;
                audio = "SSND"u8;
                break;
            default:
                return 0;
        }

        var position = (long)head.Length;
        var chunk = head[..8];
        for (var i = 0; i < MostChunks && position < stream.Length; i++)
        {
            stream.Position = position;
            if (stream.ReadAtLeast(chunk, chunk.Length, throwOnEndOfStream: false) < chunk.Length)
            {
                return 0;
            }

            var size = bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(chunk[4..]) : BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            if (chunk[..4].SequenceEqual(audio))
            {
                return size >= Streamed ? 0 : Math.Max(0, position + chunk.Length + size - stream.Length);
            }

            position += chunk.Length + size + (size & 1);
        }

        return 0;
    }
}
