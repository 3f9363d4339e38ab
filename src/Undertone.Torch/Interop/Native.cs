using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Undertone.Torch.Interop;

/// <summary>The bridge's C functions (native/undertone_torch.cpp). Nothing is loaded before the first call.</summary>
internal static unsafe partial class Native
{
    internal const string Library = "undertone_torch";

    static Native() => NativeLibrary.SetDllImportResolver(typeof(Native).Assembly, NativeLoader.Resolve);

    [LibraryImport(Library)]
    internal static partial nint ut_last_error();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void ut_set_callback_error(string message);

    [LibraryImport(Library)]
    internal static partial long ut_live();

    [LibraryImport(Library)]
    internal static partial nint ut_text(int what);

    [LibraryImport(Library)]
    internal static partial int ut_cuda_devices();

    [LibraryImport(Library)]
    internal static partial int ut_manual_seed(ulong seed);

    [LibraryImport(Library)]
    internal static partial int ut_set_threads(int count);

    [LibraryImport(Library)]
    internal static partial int ut_threads();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint ut_find(string name, string overload);

    [LibraryImport(Library)]
    internal static partial nint ut_schema(nint op);

    [LibraryImport(Library)]
    internal static partial int ut_call(nint op, NativeValue* args, int count, NativeValue* results, int capacity);

    [LibraryImport(Library)]
    internal static partial int ut_overflow(NativeValue* results);

    [LibraryImport(Library)]
    internal static partial void ut_free(nint tensor);

    [LibraryImport(Library)]
    internal static partial nint ut_alias(nint tensor);

    [LibraryImport(Library)]
    internal static partial int ut_info(nint tensor, long* info, int room);

    [LibraryImport(Library)]
    internal static partial nint ut_data(nint tensor);

    [LibraryImport(Library)]
    internal static partial nint ut_from_memory(
        void* data, int dtype, long* sizes, int dims, delegate* unmanaged<nint, void> release, nint context);

    [LibraryImport(Library)]
    internal static partial int ut_set_requires_grad(nint tensor, int on);

    [LibraryImport(Library)]
    internal static partial nint ut_grad(nint tensor);

    [LibraryImport(Library)]
    internal static partial int ut_set_grad(nint tensor, nint grad);

    [LibraryImport(Library)]
    internal static partial int ut_backward(
        nint* roots, nint* rootGrads, int count, int retain, int create, nint* inputs, int inputCount, nint* grads);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int ut_grad_mode(int on);

    [LibraryImport(Library)]
    internal static partial nint ut_inference_begin();

    [LibraryImport(Library)]
    internal static partial void ut_inference_end(nint guard);

    [LibraryImport(Library)]
    internal static partial int ut_custom(
        nint* inputs,
        int inputCount,
        nint* outputs,
        int outputCount,
        delegate* unmanaged<nint, nint*, int, byte*, nint*, int, int> backward,
        delegate* unmanaged<nint, void> release,
        nint context);

    internal static string LastError() => Marshal.PtrToStringUTF8(ut_last_error()) ?? "";

    /// <summary>Throws what the last failed call of this thread said.</summary>
    internal static TorchException Failure(string what) => TorchException.Create(what, LastError());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Check(int status, string what)
    {
        if (status < 0)
        {
            throw Failure(what);
        }
    }

    internal static string Text(int what)
    {
        var text = ut_text(what);
        return text == 0 ? throw Failure("information") : Marshal.PtrToStringUTF8(text)!;
    }
}

/// <summary>One tagged argument or result, laid out as the bridge's <c>Value</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeValue
{
    internal int Tag;
    internal int Count;
    internal long Bits;
}
