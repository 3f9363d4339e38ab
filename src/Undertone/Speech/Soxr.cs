using System.Runtime.InteropServices;

namespace Undertone.Speech;

/// <summary>The bindings of libsoxr (https://sourceforge.net/p/soxr/wiki/Home/), as far as they are used.</summary>
internal static partial class Soxr
{
    /// <summary>The recipe <c>SOXR_HQ</c>: 20 bits, linear phase; what librosa calls <c>soxr_hq</c>.</summary>
    public const int HighQuality = 4;

    private const string Name = "libsoxr";

    static Soxr() => NativeLibraries.Enter(
        Name, "libsoxr0", "libsoxr.so.0", "libsoxr.0.dylib", "libsoxr.dylib",
        "/opt/homebrew/lib/libsoxr.dylib", "/usr/local/lib/libsoxr.dylib", "soxr.dll", "libsoxr.dll", "libsoxr.so");

    /// <summary>The library's version.</summary>
    public static string Version() => Marshal.PtrToStringUTF8(VersionString()) ?? "unknown";

    [LibraryImport(Name, EntryPoint = "soxr_quality_spec")]
    public static partial QualitySpec Quality(CULong recipe, CULong flags);

    [LibraryImport(Name, EntryPoint = "soxr_oneshot")]
    public static unsafe partial nint OneShot(
        double inputRate, double outputRate, uint channels,
        float* input, nuint inputLength, nuint* inputDone,
        float* output, nuint outputLength, nuint* outputDone,
        void* ioSpec, QualitySpec* quality, void* runtimeSpec);

    [LibraryImport(Name, EntryPoint = "soxr_create")]
    public static unsafe partial nint Create(
        double inputRate, double outputRate, uint channels, nint* error, void* ioSpec, QualitySpec* quality, void* runtimeSpec);

    [LibraryImport(Name, EntryPoint = "soxr_process")]
    public static unsafe partial nint Process(
        nint resampler, float* input, nuint inputLength, nuint* inputDone, float* output, nuint outputLength, nuint* outputDone);

    [LibraryImport(Name, EntryPoint = "soxr_delete")]
    public static partial void Delete(nint resampler);

    [LibraryImport(Name, EntryPoint = "soxr_version")]
    private static partial nint VersionString();

    /// <summary>The library's soxr_quality_spec_t.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct QualitySpec
    {
        public double Precision;
        public double PhaseResponse;
        public double PassbandEnd;
        public double StopbandBegin;
        public nint Error;
        public CULong Flags;
    }
}
