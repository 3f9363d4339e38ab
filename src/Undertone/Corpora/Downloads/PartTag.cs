using System.Globalization;
using System.Net.Http.Headers;

namespace Undertone.Corpora.Downloads;

/// <summary>What a partial file is a part of, kept beside it: only the same content may be appended to it.</summary>
/// <param name="Validator">The strong entity tag with its quotes, or the date of last change (RFC 9110, section 8.8); null where the server names none.</param>
/// <param name="Total">The whole size in bytes; null where it was not announced.</param>
internal sealed record PartTag(string? Validator, long? Total)
{
    private const string Extension = ".tag";

    /// <summary>The tag of an answer.</summary>
    public static PartTag Of(HttpResponseMessage response, long? total)
    {
        // If-Range takes no weak tag: it stands for equal meaning, not for equal bytes.
        var validator = response.Headers.ETag is { IsWeak: false } tag ? tag.ToString()
            : response.Content.Headers.LastModified?.ToString("R", CultureInfo.InvariantCulture);
        return new PartTag(validator, total);
    }

    /// <summary>Reads the tag of a partial file; null where there is none that can be read.</summary>
    public static PartTag? Read(string part)
    {
        if (!File.Exists(part + Extension) || File.ReadAllLines(part + Extension) is not [var validator, var total])
        {
            return null;
        }

        return new PartTag(
            validator.Length > 0 ? validator : null,
            long.TryParse(total, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : null);
    }

    /// <summary>Keeps the tag beside its partial file.</summary>
    public void Write(string part) => File.WriteAllText(part + Extension, string.Create(CultureInfo.InvariantCulture, $"{Validator}\n{Total}\n"));

    /// <summary>Forgets a partial file and its tag.</summary>
    public static void Forget(string part)
    {
        File.Delete(part);
        File.Delete(part + Extension);
    }

    /// <summary>Gives a partial file that is whole its name.</summary>
    public static void Finish(string part, string target)
    {
        File.Move(part, target, overwrite: true);
        File.Delete(part + Extension);
    }

    /// <summary>Whether an answer is of the same content.</summary>
    public bool Agrees(HttpResponseMessage response, ContentRangeHeaderValue range) =>
        (Total is null || range.Length is null || Total == range.Length)
        && (Validator is null || response.Headers.ETag is not { IsWeak: false } tag || !Validator.StartsWith('"') || tag.ToString() == Validator);
}
