using System.Runtime.InteropServices;

namespace Undertone.Torch.Interop;

/// <summary>
/// Keeps freed memory in the process. glibc returns each large block to the kernel when it is freed and asks for it
/// again at once, and every page of it faults anew: a third of a CNN's training step went there.
/// </summary>
internal static partial class AllocatorTuning
{
    private const int TrimThreshold = -1;
    private const int MaximumMappings = -4;
    private const int MaximumArenas = -8;

    /// <summary>Applies the tuning once; without glibc nothing happens.</summary>
    public static void Apply()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            // The arenas of further threads are mapped and unmapped whole, whatever the threshold.
            _ = Mallopt(MaximumArenas, 1);
            _ = Mallopt(MaximumMappings, 0);
            _ = Mallopt(TrimThreshold, int.MaxValue);
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library (musl): its allocator has no such settings, and only speed depends on them.
        }
        catch (DllNotFoundException)
        {
            // As above.
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "mallopt")]
    private static partial int Mallopt(int parameter, int value);
}
