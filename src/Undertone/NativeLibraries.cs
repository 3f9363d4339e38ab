using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Undertone;

/// <summary>
/// Finds the native libraries of this assembly by the names they bear on each system. An assembly may set one
/// resolver only, so every binding enters its library here before its first call.
/// </summary>
internal static class NativeLibraries
{
    private static readonly ConcurrentDictionary<string, Library> Known = new(StringComparer.Ordinal);

    static NativeLibraries() => NativeLibrary.SetDllImportResolver(typeof(NativeLibraries).Assembly, Resolve);

    /// <summary>Enters a library: call it from the static constructor of the class that binds it.</summary>
    /// <param name="name">The name that the bindings' <c>LibraryImport</c> gives.</param>
    /// <param name="package">The Debian package that brings it.</param>
    /// <param name="fileNames">File names to try, in order; those of all systems together.</param>
    public static void Enter(string name, string package, params string[] fileNames) =>
        Known[name] = new Library(package, fileNames);

    /// <summary>The handle of a library that was entered, for what is no function.</summary>
    /// <param name="name">The name it was entered under.</param>
    /// <exception cref="UndertoneException">The library is missing.</exception>
    public static nint Handle(string name) => Resolve(name, typeof(NativeLibraries).Assembly, null);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (!Known.TryGetValue(name, out var library))
        {
            return 0;
        }

        foreach (var file in library.FileNames)
        {
            if (NativeLibrary.TryLoad(file, assembly, path, out var handle))
            {
                return handle;
            }
        }

        throw new UndertoneException(
            $"The native library {name} is missing (tried {string.Join(", ", library.FileNames)}); "
            + $"install it, on Debian with: apt-get install {library.Package}");
    }

    private sealed record Library(string Package, string[] FileNames);
}
