using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Undertone.Torch;

/// <summary>An operator of libtorch refused its arguments or failed.</summary>
/// <remarks>
/// The message is <c>aten::mm(Float32[2, 3], Float32[4, 5]): mat1 and mat2 shapes cannot be multiplied</c>:
/// the operator, the arguments with their shapes, and libtorch's text without its C++ stack.
/// Where the failure came from a callback written in C#, <see cref="Exception.InnerException"/> is that failure.
/// </remarks>
public sealed partial class TorchException : Exception
{
    private static readonly ConcurrentDictionary<int, Exception> CallbackFailures = new();
    private static int nextFailure;

    /// <summary>Creates the exception.</summary>
    public TorchException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    internal static TorchException Create(string what, string text)
    {
        text = WithoutStack(text);
        Exception? inner = null;
        var mark = CallbackMark().Match(text);
        if (mark.Success)
        {
            CallbackFailures.TryRemove(int.Parse(mark.Groups[1].ValueSpan, CultureInfo.InvariantCulture), out inner);
            text = text.Remove(mark.Index, mark.Length);
        }

        return new TorchException($"{what}: {text}", inner);
    }

    /// <summary>Keeps an exception of a callback until the native call it interrupts returns to C#.</summary>
    internal static string Park(Exception failure)
    {
        var number = Interlocked.Increment(ref nextFailure);
        CallbackFailures[number] = failure;
        return $"[callback {number.ToString(CultureInfo.InvariantCulture)}] {failure.Message}";
    }

    private static string WithoutStack(string text)
    {
        var end = text.IndexOf("\nException raised from", StringComparison.Ordinal);
        return (end < 0 ? text : text[..end]).Trim();
    }

    [GeneratedRegex(@"\[callback (\d+)\] ")]
    private static partial Regex CallbackMark();
}

/// <summary>The bridge or libtorch is not installed, or cannot be loaded; the message says what to do.</summary>
public sealed class TorchUnavailableException : Exception
{
    /// <summary>Creates the exception; the way out is added to the message.</summary>
    public TorchUnavailableException(string message, Exception? inner = null)
        : base(
            message + " To mend it: apt-get install libtorch-dev libopenblas0-pthread cmake g++, then in the checkout "
            + "cmake -S native -B native/build -DCMAKE_BUILD_TYPE=Release && cmake --build native/build. "
            + "UNDERTONE_NATIVE may name the folder of a bridge built elsewhere.",
            inner)
    {
    }
}
