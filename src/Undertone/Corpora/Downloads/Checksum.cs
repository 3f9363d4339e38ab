using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Undertone.Corpora.Downloads;

/// <summary>How a checksum is computed.</summary>
public enum ChecksumKind
{
    /// <summary>MD5 (RFC 1321): against accidents, not against forgers.</summary>
    Md5,

    /// <summary>SHA-1 (FIPS 180-4).</summary>
    Sha1,

    /// <summary>SHA-256 (FIPS 180-4).</summary>
    Sha256,

    /// <summary>
    /// The object name that Git gives a file's content. Of a file that lies in Git LFS it is the name of the pointer that
    /// stands for it in the repository, which holds the content's SHA-256 and size.
    /// </summary>
    GitBlob,
}

/// <summary>The checksum of a file.</summary>
/// <param name="Kind">How it is computed.</param>
/// <param name="Value">Lower-case hexadecimal digits.</param>
public sealed record Checksum(ChecksumKind Kind, string Value)
{
    /// <summary>The name that people know it by.</summary>
    public string Name => Kind switch
    {
        ChecksumKind.Md5 => "MD5",
        ChecksumKind.Sha1 => "SHA-1",
        ChecksumKind.Sha256 => "SHA-256",
        _ => "Git object name",
    };

    /// <summary>Computes the checksum that a file has now, of this kind.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Equal to this one where the file is the expected one.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public Checksum Of(string path)
    {
        if (Kind != ChecksumKind.GitBlob)
        {
            return this with { Value = Hash(path) };
        }

        var plain = this with { Value = GitName(path) };
        var large = this with { Value = PointerName(path) };
        return large == this ? large : plain;
    }

    /// <summary>Computes a file's SHA-256.</summary>
    /// <param name="path">The file.</param>
    public static Checksum Sha256Of(string path) => new Checksum(ChecksumKind.Sha256, "").Of(path);

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Value}";

    private string Hash(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(Kind switch
        {
            ChecksumKind.Md5 => MD5.HashData(file),
            ChecksumKind.Sha1 => SHA1.HashData(file),
            _ => SHA256.HashData(file),
        });
    }

    private static string GitName(string path)
    {
        using var file = File.OpenRead(path);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        hash.AppendData(Header(file.Length));
        var buffer = new byte[1 << 16];
        for (int read; (read = file.Read(buffer)) > 0;)
        {
            hash.AppendData(buffer, 0, read);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // The pointer as Git LFS's specification, version 1, writes it.
    private static string PointerName(string path)
    {
        var pointer = Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"version https://git-lfs.github.com/spec/v1\noid sha256:{Sha256Of(path).Value}\nsize {new FileInfo(path).Length}\n"));
        return Convert.ToHexStringLower(SHA1.HashData([.. Header(pointer.Length), .. pointer]));
    }

    private static byte[] Header(long length) => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"blob {length}\0"));
}
