using Undertone.Torch.Interop;

namespace Undertone.Torch;

/// <content>Gradients.</content>
public partial class Tensor
{
    /// <summary>Whether gradients flow to this tensor. Only leaves can be switched.</summary>
    public unsafe bool RequiresGrad
    {
        get
        {
            var info = stackalloc long[10 + (2 * MaxDimensions)];
            LoadInfo(info);
            return info[6] != 0;
        }

        set
        {
            Native.Check(Native.ut_set_requires_grad(Handle, value ? 1 : 0), $"requires_grad of {Summary()}");
            GC.KeepAlive(this);
        }
    }

    /// <summary>Whether nothing that needs gradients computed this tensor.</summary>
    public unsafe bool IsLeaf
    {
        get
        {
            var info = stackalloc long[10 + (2 * MaxDimensions)];
            LoadInfo(info);
            return info[7] != 0;
        }
    }

    /// <summary>The gradient that backward passes added up here, or null. Each reading is a handle of its own.</summary>
    public Tensor? Grad
    {
        get
        {
            var grad = Native.ut_grad(Handle);
            GC.KeepAlive(this);
            if (grad != 0)
            {
                return new Tensor(grad);
            }

            var error = Native.LastError();
            return error.Length == 0 ? null : throw TorchException.Create($"grad of {Summary()}", error);
        }

        set
        {
            Native.Check(Native.ut_set_grad(Handle, value?.Handle ?? 0), $"grad of {Summary()}");
            GC.KeepAlive(this);
            GC.KeepAlive(value);
        }
    }

    /// <summary>How often the elements were overwritten in place.</summary>
    internal unsafe long Version
    {
        get
        {
            var info = stackalloc long[10 + (2 * MaxDimensions)];
            LoadInfo(info);
            return info[8];
        }
    }

    /// <summary>Switches gradients on for this leaf and returns it.</summary>
    public Tensor WithGrad()
    {
        RequiresGrad = true;
        return this;
    }

    /// <summary>Adds the gradient of this tensor with respect to every leaf to that leaf's <see cref="Grad"/>.</summary>
    /// <param name="gradient">Weights of the elements; may be left out for a single element.</param>
    /// <param name="retainGraph">Keeps what a second backward pass needs.</param>
    /// <param name="createGraph">Makes the gradients themselves differentiable.</param>
    /// <exception cref="TorchException">The tensor has no history, or its history is spent.</exception>
    public unsafe void Backward(Tensor? gradient = null, bool retainGraph = false, bool createGraph = false)
    {
        var root = Handle;
        var weight = gradient?.Handle ?? 0;
        Native.Check(
            Native.ut_backward(&root, gradient is null ? null : &weight, 1, retainGraph || createGraph ? 1 : 0, createGraph ? 1 : 0, null, 0, null),
            $"backward of {Summary()}");
        GC.KeepAlive(this);
        GC.KeepAlive(gradient);
    }

    /// <summary>
    /// The gradients of an output with respect to inputs, added up nowhere; null for an input that takes no part.
    /// </summary>
    public static unsafe Tensor?[] Gradients(
        Tensor output, Tensor[] inputs, Tensor? gradient = null, bool retainGraph = false, bool createGraph = false)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(inputs);
        var root = output.Handle;
        var weight = gradient?.Handle ?? 0;
        var handles = Array.ConvertAll(inputs, t => t.Handle);
        var results = new nint[inputs.Length];
        fixed (nint* given = handles, found = results)
        {
            Native.Check(
                Native.ut_backward(
                    &root,
                    gradient is null ? null : &weight,
                    1,
                    retainGraph || createGraph ? 1 : 0,
                    createGraph ? 1 : 0,
                    given,
                    inputs.Length,
                    found),
                $"gradients of {output.Summary()}");
        }

        GC.KeepAlive(output);
        GC.KeepAlive(inputs);
        GC.KeepAlive(gradient);
        return Array.ConvertAll(results, h => h == 0 ? null : new Tensor(h));
    }
}
