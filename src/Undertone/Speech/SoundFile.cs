using System.Runtime.InteropServices;

namespace Undertone.Speech;

/// <summary>The bindings of libsndfile (https://libsndfile.github.io/libsndfile/api.html), as far as they are used.</summary>
internal static partial class SoundFile
{
    public const int ReadMode = 0x10;
    public const int WriteMode = 0x20;
    public const int Wav = 0x010000;
    public const int Mpeg = 0x230000;
    public const int Ogg = 0x200000;
    public const int TypeMask = 0x0FFF0000;
    public const int SubtypeMask = 0x0000FFFF;
    public const int Pcm16 = 0x0002;
    public const int Float32 = 0x0006;

    private const string Name = "libsndfile";
    private const int GetFormatInfo = 0x1028;
    private const int SetAddPeakChunk = 0x1050;

    static SoundFile() => NativeLibraries.Enter(
        Name, "libsndfile1", "libsndfile.so.1", "libsndfile.1.dylib", "libsndfile.dylib",
        "/opt/homebrew/lib/libsndfile.dylib", "/usr/local/lib/libsndfile.dylib", "sndfile.dll", "libsndfile-1.dll", "libsndfile.so");

    /// <summary>Opens a file.</summary>
    /// <returns>The handle; invalid where it could not be opened (<see cref="ErrorText"/> of it says why).</returns>
    public static SoundFileHandle Open(string path, int mode, ref Info info) =>
        OperatingSystem.IsWindows() ? OpenWide(path, mode, ref info) : OpenUtf8(path, mode, ref info);

    /// <summary>The text of a handle's last error; of an invalid handle, that of the last failed opening.</summary>
    public static string ErrorText(SoundFileHandle handle)
    {
        var text = Marshal.PtrToStringUTF8(ErrorString(handle.IsInvalid ? 0 : handle.DangerousGetHandle())) ?? "no text";
        GC.KeepAlive(handle);
        return text.TrimEnd('.', '\n', ' ');
    }

    /// <summary>Container and sample format in words.</summary>
    public static unsafe string Describe(int format)
    {
        var parts = new List<string>(2);
        foreach (var part in (ReadOnlySpan<int>)[format & TypeMask, format & SubtypeMask])
        {
            var info = new FormatInfo { Format = part };
            if (CommandWithoutFile(0, GetFormatInfo, &info, sizeof(FormatInfo)) == 0 && info.Name != 0)
            {
                parts.Add(Marshal.PtrToStringUTF8(info.Name)!);
            }
        }

        return parts.Count == 0 ? $"format 0x{format:x}" : string.Join(", ", parts);
    }

    /// <summary>Leaves out the PEAK chunk, which holds the time of writing.</summary>
    public static unsafe void OmitPeakChunk(SoundFileHandle handle) => Command(handle, SetAddPeakChunk, null, 0);

    /// <summary>The library's version.</summary>
    public static string Version() => Marshal.PtrToStringUTF8(VersionString()) ?? "unknown";

    /// <summary>Goes to a frame, counted from the beginning.</summary>
    /// <returns>The frame; −1 where it cannot be reached.</returns>
    public static long Seek(SoundFileHandle handle, long frame) => Seek(handle, frame, whence: 0);

    [LibraryImport(Name, EntryPoint = "sf_readf_float")]
    public static unsafe partial long ReadFrames(SoundFileHandle handle, float* interleaved, long frames);

    [LibraryImport(Name, EntryPoint = "sf_writef_float")]
    public static unsafe partial long WriteFrames(SoundFileHandle handle, float* interleaved, long frames);

    [LibraryImport(Name, EntryPoint = "sf_writef_short")]
    public static unsafe partial long WriteFrames(SoundFileHandle handle, short* interleaved, long frames);

    [LibraryImport(Name, EntryPoint = "sf_error")]
    public static partial int Error(SoundFileHandle handle);

    [LibraryImport(Name, EntryPoint = "sf_close")]
    public static partial int Close(nint handle);

    [LibraryImport(Name, EntryPoint = "sf_open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial SoundFileHandle OpenUtf8(string path, int mode, ref Info info);

    [LibraryImport(Name, EntryPoint = "sf_wchar_open", StringMarshalling = StringMarshalling.Utf16)]
    private static partial SoundFileHandle OpenWide(string path, int mode, ref Info info);

    [LibraryImport(Name, EntryPoint = "sf_seek")]
    private static partial long Seek(SoundFileHandle handle, long frames, int whence);

    [LibraryImport(Name, EntryPoint = "sf_strerror")]
    private static partial nint ErrorString(nint handle);

    [LibraryImport(Name, EntryPoint = "sf_command")]
    private static unsafe partial int Command(SoundFileHandle handle, int command, void* data, int size);

    [LibraryImport(Name, EntryPoint = "sf_command")]
    private static unsafe partial int CommandWithoutFile(nint none, int command, void* data, int size);

    [LibraryImport(Name, EntryPoint = "sf_version_string")]
    private static partial nint VersionString();

    /// <summary>The library's SF_INFO.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Info
    {
        public long Frames;
        public int SampleRate;
        public int Channels;
        public int Format;
        public int Sections;
        public int Seekable;
    }

    /// <summary>The library's SF_FORMAT_INFO.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct FormatInfo
    {
        public int Format;
        public nint Name;
        public nint Extension;
    }
}

/// <summary>An open file of libsndfile.</summary>
internal sealed class SoundFileHandle : SafeHandle
{
    public SoundFileHandle()
        : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() => SoundFile.Close(handle) == 0;
}
