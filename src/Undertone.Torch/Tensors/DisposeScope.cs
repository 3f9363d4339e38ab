namespace Undertone.Torch;

/// <summary>Frees, when disposed, every tensor that this thread made since the scope was opened.</summary>
/// <remarks>
/// <c>using var scope = new DisposeScope();</c> around one training step keeps memory flat. Scopes nest; a tensor
/// belongs to the innermost. A scope belongs to the thread that opened it: do not <c>await</c> inside one.
/// </remarks>
public sealed class DisposeScope : IDisposable
{
    [ThreadStatic]
    private static DisposeScope? current;

    private readonly List<Tensor> tensors = [];
    private bool closed;

    /// <summary>Opens a scope inside the current one.</summary>
    public DisposeScope()
    {
        Outer = current;
        current = this;
    }

    /// <summary>The innermost open scope of this thread.</summary>
    public static DisposeScope? Current => current;

    /// <summary>The scope around this one.</summary>
    public DisposeScope? Outer { get; }

    /// <summary>How many tensors the scope will free.</summary>
    public int Count => tensors.Count;

    /// <summary>Gives a tensor of this scope to the scope around it (or to the collector), and returns it.</summary>
    public T MoveToOuter<T>(T tensor)
        where T : Tensor
    {
        ArgumentNullException.ThrowIfNull(tensor);
        tensor.MoveToOuter();
        return tensor;
    }

    /// <summary>Takes a tensor out of every scope, and returns it.</summary>
    public T Keep<T>(T tensor)
        where T : Tensor
    {
        ArgumentNullException.ThrowIfNull(tensor);
        tensor.Keep();
        return tensor;
    }

    /// <summary>Frees the scope's tensors and closes it, and any scope that was left open inside it.</summary>
    /// <exception cref="InvalidOperationException">The scope belongs to another thread.</exception>
    public void Dispose()
    {
        if (closed)
        {
            return;
        }

        var inner = current;
        while (inner is not null && inner != this)
        {
            inner = inner.Outer;
        }

        if (inner is null)
        {
            throw new InvalidOperationException("A dispose scope must be closed by the thread that opened it (no await inside a scope).");
        }

        while (current != Outer)
        {
            current!.Close();
            current = current.Outer;
        }
    }

    internal void Add(Tensor tensor)
    {
        tensor.Unwatch();
        tensor.Scope = this;
        tensor.ScopeIndex = tensors.Count;
        tensors.Add(tensor);
    }

    internal void Remove(Tensor tensor)
    {
        var last = tensors[^1];
        tensors[tensor.ScopeIndex] = last;
        last.ScopeIndex = tensor.ScopeIndex;
        tensors.RemoveAt(tensors.Count - 1);
        tensor.Scope = null;
    }

    private void Close()
    {
        closed = true;
        // Youngest first, as locals would be.
        for (var i = tensors.Count - 1; i >= 0; i--)
        {
            tensors[i].Scope = null;
            tensors[i].Free();
        }

        tensors.Clear();
    }
}
