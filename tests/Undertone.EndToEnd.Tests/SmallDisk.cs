using System.Diagnostics;
using System.Globalization;

namespace Undertone.EndToEnd.Tests;

/// <summary>A disk of two megabytes in memory (tmpfs), which a test can really fill up.</summary>
internal sealed class SmallDisk : IDisposable
{
    public SmallDisk()
    {
        Folder = Directory.CreateTempSubdirectory("undertone small disk ").FullName;
        Call("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", Folder).ShouldBe(0);
    }

    public string Folder { get; }

    private string Filling => Path.Combine(Folder, "filling");

    /// <summary>Whether this process may mount one.</summary>
    public static bool IsPossible()
    {
        var folder = Directory.CreateTempSubdirectory("undertone small disk ").FullName;
        var mounted = Environment.IsPrivilegedProcess && Call("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder) == 0;
        if (mounted)
        {
            Call("umount", folder);
        }

        Directory.Delete(folder);
        return mounted;
    }

    /// <summary>Fills the disk from another process until not one more block can be written, but for some of them.</summary>
    /// <param name="free">Bytes to leave free, a multiple of 4096.</param>
    public void Fill(long free = 0)
    {
        Call("dd", "if=/dev/zero", $"of={Filling}", "bs=4096");
        if (free > 0)
        {
            Call("truncate", string.Create(CultureInfo.InvariantCulture, $"--size=-{free}"), Filling);
        }
    }

    /// <summary>Frees what was filled.</summary>
    public void Free() => File.Delete(Filling);

    public void Dispose()
    {
        Call("umount", "--lazy", Folder);
        Directory.Delete(Folder);
    }

    private static int Call(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}

/// <summary>A test that fills a disk up.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SmallDiskFactAttribute : FactAttribute
{
    public SmallDiskFactAttribute() => Skip = SmallDisk.IsPossible() ? null : "you are not root, or may not mount a small tmpfs to fill up.";
}
