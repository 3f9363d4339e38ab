using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Undertone.Torch.Interop;

/// <summary>Finds libundertone_torch.so: the folder that UNDERTONE_NATIVE names and no other, else beside the assembly, else native/build in a folder above it.</summary>
internal static class NativeLoader
{
    internal const string FileName = "libundertone_torch.so";

    /// <summary>The file that was loaded, or null before the first use.</summary>
    internal static string? LoadedFrom { get; private set; }

    internal static unsafe nint Resolve(string name, Assembly assembly, DllImportSearchPath? search)
    {
        if (name != Native.Library)
        {
            return 0;
        }

        var candidates = Candidates().ToList();
        var file = candidates.FirstOrDefault(File.Exists) ?? throw new TorchUnavailableException(
            $"The bridge to libtorch ({FileName}) was not found. Looked for: {string.Join(", ", candidates)}.");
        nint handle;
        try
        {
            handle = NativeLibrary.Load(file);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw new TorchUnavailableException($"The bridge to libtorch ({file}) cannot be loaded: {e.Message}", e);
        }

        // One thread unless asked otherwise: parallel work is done by processes, and libtorch's recurrent
        // layers are slower on two threads than on one.
        var wanted = Environment.GetEnvironmentVariable("UNDERTONE_THREADS");
        var threads = int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0 ? n : 1;
        ((delegate* unmanaged<int, int>)NativeLibrary.GetExport(handle, "ut_set_threads"))(threads);
        AllocatorTuning.Apply();
        LoadedFrom = file;
        return handle;
    }

    private static IEnumerable<string> Candidates()
    {
        var named = Environment.GetEnvironmentVariable("UNDERTONE_NATIVE");
        if (!string.IsNullOrEmpty(named))
        {
            // Who names a folder wants that bridge and no other: another one found elsewhere would hide a wrong path.
            yield return Path.Combine(named, FileName);
            yield break;
        }

        var folder = AppContext.BaseDirectory;
        yield return Path.Combine(folder, FileName);
        for (var parent = new DirectoryInfo(folder); parent is not null; parent = parent.Parent)
        {
            if (Directory.Exists(Path.Combine(parent.FullName, "native")))
            {
                yield return Path.Combine(parent.FullName, "native", "build", FileName);
            }
        }
    }
}
