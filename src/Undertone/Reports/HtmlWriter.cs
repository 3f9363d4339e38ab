using System.Net;
using System.Text;

namespace Undertone.Reports;

/// <summary>Writes HTML. Text given to it is escaped; only <see cref="Raw"/> is not, and takes markup of our own.</summary>
internal sealed class HtmlWriter
{
    private readonly StringBuilder _text = new();

    /// <summary>Appends markup as it is: never anything that comes from a file.</summary>
    public HtmlWriter Raw(string markup)
    {
        _text.Append(markup);
        return this;
    }

    /// <summary>Appends text, escaped.</summary>
    public HtmlWriter Text(string text)
    {
        _text.Append(Escape(text));
        return this;
    }

    /// <summary>Appends an element that holds text.</summary>
    /// <param name="tag">The element with its attributes: <c>td class="n"</c>.</param>
    /// <param name="text">The text, escaped.</param>
    public HtmlWriter Element(string tag, string text)
    {
        var space = tag.IndexOf(' ', StringComparison.Ordinal);
        _text.Append('<').Append(tag).Append('>').Append(Escape(text)).Append("</").Append(space < 0 ? tag : tag[..space]).Append(">\n");
        return this;
    }

    /// <summary>Appends a name and its value to a list of facts (<c>dl</c>).</summary>
    public HtmlWriter Fact(string name, string value) => Element("dt", name).Element("dd", value);

    /// <summary>Escapes text for element content and quoted attributes.</summary>
    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}
