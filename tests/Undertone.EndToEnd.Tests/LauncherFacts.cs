using System.Diagnostics;

namespace Undertone.EndToEnd.Tests;

/// <summary>A test of what the launcher does as root, or as the root of a user namespace.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute() => Skip = Environment.IsPrivilegedProcess || MayUnshare() ? null : "you are not root, and may not become one with 'unshare --map-root-user'.";

    private static bool MayUnshare()
    {
        using var process = Process.Start(new ProcessStartInfo("unshare", ["--map-root-user", "true"]) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}

/// <summary>A test of the checkout's own launcher, which would first build for a minute where <c>./test</c> has not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BuiltCheckoutFactAttribute : FactAttribute
{
    public BuiltCheckoutFactAttribute()
    {
        var start = new ProcessStartInfo("bash") { WorkingDirectory = Checkout.Root };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("here=$PWD; source scripts/checkout.sh; is_up_to_date");
        using var process = Process.Start(start)!;
        process.WaitForExit();
        Skip = process.ExitCode == 0 ? null : "the checkout's program is not built or not up to date; ./test builds it first.";
    }
}
