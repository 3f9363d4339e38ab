using Undertone.Torch.Interop;

namespace Undertone.Torch;

/// <summary>While open, operators of this thread record nothing for backward: <c>using var noGrad = new NoGrad();</c></summary>
public sealed class NoGrad : IDisposable
{
    private readonly bool before = Native.ut_grad_mode(0) != 0;
    private bool closed;

    /// <summary>Puts the mode back to what it was.</summary>
    public void Dispose()
    {
        if (!closed)
        {
            closed = true;
            _ = Native.ut_grad_mode(before ? 1 : 0);
        }
    }
}

/// <summary>While open, operators of this thread record for backward again, inside a <see cref="NoGrad"/>.</summary>
public sealed class EnableGrad : IDisposable
{
    private readonly bool before = Native.ut_grad_mode(1) != 0;
    private bool closed;

    /// <summary>Puts the mode back to what it was.</summary>
    public void Dispose()
    {
        if (!closed)
        {
            closed = true;
            _ = Native.ut_grad_mode(before ? 1 : 0);
        }
    }
}

/// <summary>
/// As <see cref="NoGrad"/>, and cheaper: tensors made while open can never take part in a backward pass.
/// Open and close it on the same thread, innermost first.
/// </summary>
public sealed class InferenceMode : IDisposable
{
    private nint guard = Native.ut_inference_begin();

    /// <summary>Puts the mode back to what it was.</summary>
    public void Dispose()
    {
        var open = Interlocked.Exchange(ref guard, 0);
        if (open != 0)
        {
            Native.ut_inference_end(open);
        }
    }
}
