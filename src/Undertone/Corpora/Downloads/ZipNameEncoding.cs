using System.Text;

namespace Undertone.Corpora.Downloads;

/// <summary>
/// Names of entries that do not say how they are encoded: UTF-8 where they are valid in it, as most archivers write today, else
/// code page 437, as ZIP's specification (APPNOTE 6.3.10, appendix D) has it.
/// </summary>
internal sealed class ZipNameEncoding : Encoding
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);
    private static readonly Encoding Old = CodePagesEncodingProvider.Instance.GetEncoding(437)!;

    public override int GetByteCount(char[] chars, int index, int count) => Strict.GetByteCount(chars, index, count);

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
        Strict.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

    public override int GetCharCount(byte[] bytes, int index, int count) => Of(bytes, index, count).GetCharCount(bytes, index, count);

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
        Of(bytes, byteIndex, byteCount).GetChars(bytes, byteIndex, byteCount, chars, charIndex);

    public override int GetMaxByteCount(int charCount) => Strict.GetMaxByteCount(charCount);

    public override int GetMaxCharCount(int byteCount) => Strict.GetMaxCharCount(byteCount);

    private static Encoding Of(byte[] bytes, int index, int count)
    {
        try
        {
            Strict.GetCharCount(bytes, index, count);
            return Strict;
        }
        catch (DecoderFallbackException)
        {
            return Old;
        }
    }
}
