using Undertone.Torch.Interop;

namespace Undertone.Torch;

/// <summary>The process's libtorch: seed, threads, devices, and what it is.</summary>
/// <remarks>
/// Environment variables, read when libtorch is first used: UNDERTONE_NATIVE names the folder of the bridge; UNDERTONE_THREADS
/// is the number of threads of an operator (1).
/// </remarks>
public static class Engine
{
    /// <summary>Number of usable CUDA devices; 0 with a libtorch without CUDA.</summary>
    public static int CudaDevices
    {
        get
        {
            var count = Native.ut_cuda_devices();
            return count >= 0 ? count : throw Native.Failure("CUDA");
        }
    }

    /// <summary>Threads one operator may use; 1 unless set, or the environment variable UNDERTONE_THREADS says otherwise.</summary>
    public static int Threads
    {
        get
        {
            var count = Native.ut_threads();
            return count;
        }

        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            Native.Check(Native.ut_set_threads(value), "threads");
        }
    }

    /// <summary>Whether this process has loaded libtorch; asking does not load it.</summary>
    public static bool IsLoaded => NativeLoader.LoadedFrom is not null;

    /// <summary>Version of libtorch.</summary>
    public static string Version => Native.Text(2);

    /// <summary>File of libtorch that is in use.</summary>
    public static string LibraryFile => Native.Text(3);

    /// <summary>File of the BLAS that is in use; empty when it is part of libtorch.</summary>
    public static string BlasFile => Native.Text(4);

    /// <summary>File of the bridge that is in use.</summary>
    public static string BridgeFile => Version.Length > 0 ? NativeLoader.LoadedFrom ?? "" : "";

    /// <summary>How libtorch was built, as it tells itself.</summary>
    public static string Configuration => Native.Text(0);

    /// <summary>libtorch's threads, as it tells itself.</summary>
    public static string Parallelism => Native.Text(1);

    /// <summary>Whether operators record what backward needs, on this thread.</summary>
    public static bool GradEnabled => Native.ut_grad_mode(-1) != 0;

    /// <summary>Seeds libtorch's generators. There is one for each device and process, shared by all threads.</summary>
    public static void ManualSeed(long seed) => Native.Check(Native.ut_manual_seed((ulong)seed), "manual_seed");

    /// <summary>Reads <c>auto</c>, <c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>.</summary>
    /// <exception cref="FormatException">The text is none of these.</exception>
    public static Device Device(string name) => Torch.Device.Parse(name);

    /// <summary>Opens a scope that frees the tensors made in it.</summary>
    public static DisposeScope NewDisposeScope() => new();

    /// <summary>Switches gradients off until disposed.</summary>
    public static NoGrad NoGrad() => new();
}
