using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Undertone.Corpora;

namespace Undertone.Cli.Doctor;

/// <summary>Undertone itself, .NET, the processor, memory, the cache and the disk.</summary>
internal static class MachineExamination
{
    private const long Gigabyte = 1L << 30;
    private const long LittleDisk = 2 * Gigabyte;
    private const long LittleMemory = 2 * Gigabyte;

    /// <summary>Undertone and what runs it.</summary>
    public static IEnumerable<Finding> Program()
    {
        var version = typeof(MachineExamination).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        yield return Finding.Ok("undertone", $"{version}: {AppContext.BaseDirectory}");
        yield return Finding.Ok(".NET", $"{RuntimeInformation.FrameworkDescription}: {RuntimeEnvironment.GetRuntimeDirectory()}");
        yield return Finding.Ok("system", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}");
    }

    /// <summary>Processor and memory.</summary>
    public static IEnumerable<Finding> Hardware()
    {
        var vectors = Avx512F.IsSupported ? "AVX-512" : Avx2.IsSupported ? "AVX2" : Avx.IsSupported ? "AVX" : null;
        yield return Finding.Ok("CPU", string.Join(", ", new[] { Model(), $"{Count(Environment.ProcessorCount)} logical cores", vectors }.OfType<string>()));
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        yield return memory >= LittleMemory
            ? Finding.Ok("memory", Size(memory))
            : Finding.Warning("memory", Size(memory), "give 'run' fewer workers (--workers 1): each may need a gigabyte");
    }

    /// <summary>The cache's folder and the free space there and here.</summary>
    public static IEnumerable<Finding> Storage()
    {
        var cache = CacheFolder.Default;
        yield return Cache(cache);
        yield return Free("disk (cache)", Existing(cache));
        yield return Free("disk (here)", Directory.GetCurrentDirectory());
    }

    private static Finding Cache(string folder)
    {
        try
        {
            if (!Directory.Exists(folder))
            {
                return Finding.Ok("cache", $"{folder} (nothing in it yet)");
            }

            var all = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true };
            var size = new DirectoryInfo(folder).EnumerateFiles("*", all).Sum(file => file.Length);
            return Finding.Ok("cache", $"{folder}, {Size(size)}; all of it can be computed again");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Finding.Warning("cache", $"{folder}: {e.Message}", "XDG_CACHE_HOME names another folder for caches");
        }
    }

    private static Finding Free(string what, string folder)
    {
        var free = new DriveInfo(folder).AvailableFreeSpace;
        return free >= LittleDisk
            ? Finding.Ok(what, $"{Size(free)} free at {folder}")
            : Finding.Warning(what, $"only {Size(free)} free at {folder}", "make room, or choose another place: --runs DIR for runs, XDG_CACHE_HOME for caches");
    }

    private static string Existing(string folder)
    {
        while (!Directory.Exists(folder))
        {
            folder = Path.GetDirectoryName(folder) ?? "/";
        }

        return folder;
    }

    private static string? Model() =>
        File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim()
            : null;

    private static string Count(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Size(long bytes) => bytes >= Gigabyte
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)Gigabyte:0.0} GiB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1 << 20):0.0} MiB");
}
