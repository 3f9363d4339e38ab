using System.Runtime.InteropServices;
using Undertone.Torch.Interop;

namespace Undertone.Torch;

/// <summary>A function whose forward and backward passes are both written in C#, for kernels that fuse many operators.</summary>
/// <remarks>
/// <para>
/// <see cref="Forward"/> runs without gradients, so it may read and write raw memory
/// (<see cref="Tensor.AsSpan{T}"/>, <see cref="Tensor.DataPointer"/>) and call operators at no cost in history. What
/// <see cref="Backward"/> will need goes through <see cref="FunctionContext.Save"/>; other things may lie in
/// <see cref="FunctionContext.State"/> or in fields (one instance may serve many calls, so keep what belongs to one
/// call in the context). <see cref="Backward"/> gets the gradient of every output and returns the gradient of every input.
/// </para>
/// <code>
/// sealed class Square : CustomFunction
/// {
///     protected override Tensor[] Forward(FunctionContext context, Tensor[] inputs)
///     {
///         context.Save(inputs[0]);
///         return [inputs[0] * inputs[0]];
///     }
///
///     protected override Tensor?[] Backward(FunctionContext context, Tensor?[] outputGradients) =>
///         [outputGradients[0]! * context.Saved[0] * 2];
/// }
///
/// var y = new Square().Apply(x)[0];
/// </code>
/// <para>
/// Rules. Tensors made in either method that are not returned or saved are freed when it ends. An output's gradient is
/// null when nothing used that output, and it need not be contiguous. An input's gradient may be null where
/// <see cref="FunctionContext.NeedsGradient"/> is false, or where it is zero; otherwise it has the input's shape. With
/// retainGraph, Backward runs again on the same saved tensors: do not write into them. A custom function cannot be
/// differentiated twice. An exception in either method reaches whoever called Apply or Backward, the latter as
/// <see cref="TorchException"/> with the exception inside. Backward runs on the thread that called
/// <see cref="Tensor.Backward"/>, or for tensors of a CUDA device on that device's thread.
/// </para>
/// </remarks>
public abstract unsafe class CustomFunction
{
    /// <summary>Computes the outputs; attaches the backward pass where an input needs gradients.</summary>
    /// <param name="inputs">Every tensor that gradients shall flow to, and any others.</param>
    /// <returns>The outputs, in the current dispose scope.</returns>
    public Tensor[] Apply(params Tensor[] inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var recording = Engine.GradEnabled;
        var context = new FunctionContext(this, inputs, recording);
        Tensor[] outputs;
        try
        {
            using var scope = new DisposeScope();
            using (new NoGrad())
            {
                outputs = [.. Forward(context, inputs)];
                for (var i = 0; i < outputs.Length; i++)
                {
                    // An output that is an input or appears twice gets a handle of its own.
                    var output = outputs[i];
                    outputs[i] = output.Scope == scope && Array.IndexOf(outputs, output) == i ? output : new Tensor(output.Alias());
                    scope.MoveToOuter(outputs[i]);
                }
            }
        }
        catch
        {
            context.Release();
            throw;
        }

        if (!recording || !context.AnyNeeded)
        {
            context.Release();
            return outputs;
        }

        Attach(context, inputs, outputs);
        return outputs;
    }

    /// <summary>Computes the outputs from the inputs. Gradients are off.</summary>
    protected abstract Tensor[] Forward(FunctionContext context, Tensor[] inputs);

    /// <summary>Computes the gradient of each input from the gradients of the outputs. Gradients are off.</summary>
    /// <returns>As many as there are inputs; null for none.</returns>
    protected abstract Tensor?[] Backward(FunctionContext context, Tensor?[] outputGradients);

    private static void Attach(FunctionContext context, Tensor[] inputs, Tensor[] outputs)
    {
        var given = Array.ConvertAll(inputs, t => t.Handle);
        var computed = Array.ConvertAll(outputs, t => t.Alias());
        var handle = GCHandle.Alloc(context);
        int status;
        fixed (nint* inputPointer = given, outputPointer = computed)
        {
            status = Native.ut_custom(
                inputPointer, given.Length, outputPointer, computed.Length, &RunBackward, &Release, GCHandle.ToIntPtr(handle));
        }

        GC.KeepAlive(inputs);
        if (status <= 0)
        {
            handle.Free();
            context.Release();
        }

        if (status < 0)
        {
            var failure = Native.Failure(context.Function.GetType().Name);
            Array.ForEach(computed, Native.ut_free);
            throw failure;
        }

        for (var i = 0; i < outputs.Length; i++)
        {
            outputs[i].Replace(computed[i]);
        }
    }

    [UnmanagedCallersOnly]
    private static int RunBackward(nint handle, nint* outputGrads, int outputs, byte* needed, nint* inputGrads, int inputs)
    {
        try
        {
            using var scope = new DisposeScope();
            var context = (FunctionContext)GCHandle.FromIntPtr(handle).Target!;
            var gradients = new Tensor?[outputs];
            for (var i = 0; i < outputs; i++)
            {
                gradients[i] = outputGrads[i] == 0 ? null : new Tensor(outputGrads[i]);
            }

            context.Begin(new ReadOnlySpan<byte>(needed, inputs));
            var results = context.Function.Backward(context, gradients);
            if (results.Length != inputs)
            {
                throw new InvalidOperationException(
                    $"{context.Function.GetType().Name}.Backward returned {results.Length} gradients for {inputs} inputs.");
            }

            for (var i = 0; i < inputs; i++)
            {
                inputGrads[i] = needed[i] != 0 && results[i] is { } result ? result.Alias() : 0;
            }

            return 0;
        }
        catch (Exception e)
        {
            Native.ut_set_callback_error(TorchException.Park(e));
            return -1;
        }
    }

    [UnmanagedCallersOnly]
    private static void Release(nint handle)
    {
        var pinned = GCHandle.FromIntPtr(handle);
        ((FunctionContext)pinned.Target!).Release();
        pinned.Free();
    }
}

/// <summary>What one call of a <see cref="CustomFunction"/> keeps from its forward pass for its backward pass.</summary>
public sealed class FunctionContext
{
    private readonly List<Tensor> saved = [];
    private readonly List<long> versions = [];
    private readonly bool[] needed;

    internal FunctionContext(CustomFunction function, Tensor[] inputs, bool recording)
    {
        Function = function;
        needed = Array.ConvertAll(inputs, t => recording && t.RequiresGrad);
        AnyNeeded = Array.IndexOf(needed, true) >= 0;
    }

    /// <summary>Whether anything will be differentiated: where not, Forward need not save anything.</summary>
    public bool AnyNeeded { get; }

    /// <summary>Anything else that belongs to this call.</summary>
    public object? State { get; set; }

    /// <summary>The tensors given to <see cref="Save"/>, in order, cut off from their history.</summary>
    public IReadOnlyList<Tensor> Saved => saved;

    internal CustomFunction Function { get; }

    /// <summary>Whether the gradient of an input is wanted.</summary>
    public bool NeedsGradient(int input) => needed[input];

    /// <summary>Keeps tensors (inputs, outputs, or others) for the backward pass; they share memory with the originals.</summary>
    public void Save(params ReadOnlySpan<Tensor> tensors)
    {
        if (!AnyNeeded)
        {
            return;
        }

        foreach (var tensor in tensors)
        {
            // Detached: an output that held its own history would never be freed.
            var kept = tensor.Detach().Keep();
            saved.Add(kept);
            versions.Add(kept.Version);
        }
    }

    internal void Begin(ReadOnlySpan<byte> wanted)
    {
        for (var i = 0; i < wanted.Length; i++)
        {
            needed[i] = wanted[i] != 0;
        }

        for (var i = 0; i < saved.Count; i++)
        {
            if (saved[i].Version != versions[i])
            {
                throw new InvalidOperationException(
                    $"Saved tensor {i} ({saved[i].Summary()}) of {Function.GetType().Name} was overwritten in place since the forward pass.");
            }
        }
    }

    internal void Release()
    {
        foreach (var tensor in saved)
        {
            tensor.Dispose();
        }

        saved.Clear();
        versions.Clear();
    }
}
