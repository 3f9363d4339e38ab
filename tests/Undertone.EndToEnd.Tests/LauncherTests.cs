using System.Diagnostics;

namespace Undertone.EndToEnd.Tests;

public sealed class LauncherTests : IDisposable
{
    private readonly LauncherSandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void The_first_start_builds_and_the_second_goes_straight_to_the_program()
    {
        var first = _sandbox.Run(arguments: ["run", "a b.yaml"], input: "typed");
        var second = _sandbox.Run(arguments: ["run", "a b.yaml"], input: "typed");

        first.Error.ShouldContain("building the bridge to libtorch ... done");
        first.Error.ShouldContain("building the program ... done");
        second.Error.ShouldBeEmpty();
        foreach (var (exit, output, _) in new[] { first, second })
        {
            exit.ShouldBe(7);
            output.ShouldBe($"ran [run a b.yaml] in [{Path.GetDirectoryName(_sandbox.Home)}] reading [typed]\n");
        }

        (_sandbox.Builds, _sandbox.Bridges).ShouldBe((1, 1));
        _sandbox.Calls.ShouldNotContain(call => call.StartsWith("apt-get"));
    }

    [Fact]
    public void It_is_found_through_a_link_and_works_from_any_folder()
    {
        var link = Path.Combine(_sandbox.Home, "link");
        File.CreateSymbolicLink(link, Path.Combine(_sandbox.Checkout, "undertone"));

        var (exit, output, _) = _sandbox.Run(link, from: "/", arguments: ["doctor"]);

        exit.ShouldBe(7);
        output.ShouldStartWith("ran [doctor] in [/]");
    }

    [Theory]
    [InlineData("changed", 2, 1)]
    [InlineData("deleted", 2, 1)]
    [InlineData("replaced by an older one", 2, 1)]
    [InlineData("chart libraries", 2, 1)]
    [InlineData("native", 2, 2)]
    [InlineData("native gone", 2, 2)]
    public void What_changed_is_built_again(string what, int builds, int bridges)
    {
        _sandbox.Run();
        var source = Path.Combine(_sandbox.Checkout, "src/Undertone.Cli/B.cs");
        switch (what)
        {
            case "changed": File.AppendAllText(source, "two\n"); break;
            case "deleted": File.Delete(source); break;
            case "replaced by an older one": File.SetLastWriteTimeUtc(source, new DateTime(2001, 1, 1)); break;
            case "chart libraries": File.AppendAllText(Path.Combine(_sandbox.Checkout, "web/package-lock.json"), "two\n"); break;
            case "native": File.AppendAllText(Path.Combine(_sandbox.Checkout, "native/CMakeLists.txt"), "two\n"); break;
            default: Directory.Delete(Path.Combine(_sandbox.Checkout, "native/build"), recursive: true); break;
        }

        _sandbox.Run();
        _sandbox.Run();

        (_sandbox.Builds, _sandbox.Bridges).ShouldBe((builds, bridges));
    }

    [Fact]
    public void A_broken_build_shows_the_end_of_its_log_and_is_tried_again()
    {
        _sandbox.Write("check out/src/Undertone.Cli/A.cs", "broken\n");
        var broken = _sandbox.Run();
        _sandbox.Write("check out/src/Undertone.Cli/A.cs", "mended\n");
        var mended = _sandbox.Run();

        broken.Exit.ShouldBe(1);
        broken.Output.ShouldBeEmpty();
        broken.Error.ShouldContain("building the program failed after");
        broken.Error.ShouldContain("    A.cs(1,1): error CS1002: ; expected");
        broken.Error.ShouldContain($"the whole log: {_sandbox.Checkout}/.setup/build.log");
        mended.Exit.ShouldBe(7);
    }

    [Fact]
    public void Two_starts_at_once_build_once()
    {
        using var first = _sandbox.Start();
        using var second = _sandbox.Start();
        foreach (var process in new[] { first, second })
        {
            process.StandardInput.Close();
            process.WaitForExit();
            process.ExitCode.ShouldBe(7);
        }

        (_sandbox.Builds, _sandbox.Bridges).ShouldBe((1, 1));
    }

    [Theory]
    [InlineData("", "names: none")]
    [InlineData("echo '8.0.400 [/usr/share/dotnet/sdk]'", "names: 8.0.400")]
    public void Another_sdk_is_refused_in_one_line(string listed, string expected)
    {
        _sandbox.Command("dotnet", listed);

        var (exit, _, error) = _sandbox.Run();

        exit.ShouldBe(2);
        error.ShouldStartWith("undertone: the .NET SDK 10 is missing");
        error.ShouldContain(expected);
        error.ShouldContain("https://dot.net/download");
        error.Count(c => c == '\n').ShouldBe(1);
    }

    [Fact]
    public void An_ordinary_user_without_a_terminal_is_told_the_packages_and_the_command()
    {
        _sandbox.Write("home/nothing", "");
        File.Delete(Path.Combine(_sandbox.Commands, "cmake"));

        var (exit, output, error) = _sandbox.Run(user: User.Ordinary);

        exit.ShouldBe(2);
        output.ShouldBeEmpty();
        error.ShouldBe("undertone: missing Debian packages: cmake libsndfile1 libsoxr0 libsvm3. Install them with: sudo apt-get update && "
            + "sudo apt-get install -y --no-install-recommends cmake libsndfile1 libsoxr0 libsvm3\n");
        _sandbox.Calls.ShouldBeEmpty();
    }

    [Fact]
    public void Node_and_npm_are_packages_like_others_until_the_chart_libraries_are_there()
    {
        File.Delete(Path.Combine(_sandbox.Commands, "node"));
        File.Delete(Path.Combine(_sandbox.Commands, "npm"));

        var (refused, _, error) = _sandbox.Run(user: User.Ordinary);
        _sandbox.Write("check out/web/node_modules/.fetched-lock.json", "one\n");
        var (offline, _, _) = _sandbox.Run(user: User.Ordinary);

        refused.ShouldBe(2);
        error.ShouldStartWith("undertone: missing Debian packages: nodejs npm. Install them with: sudo apt-get update && ");
        offline.ShouldBe(7);
    }

    [Fact]
    public void The_doctor_is_built_without_charts_where_npm_is_missing()
    {
        File.Delete(Path.Combine(_sandbox.Commands, "npm"));

        _sandbox.Run(user: User.Ordinary, arguments: ["doctor"]).Exit.ShouldBe(7);

        _sandbox.Calls.Single(call => call.StartsWith("dotnet build")).ShouldEndWith("-p:WithoutCharts=true");
    }

    [Fact]
    public void Where_there_is_no_apt_the_packages_are_named()
    {
        _sandbox.Write("home/nothing", "");
        File.Delete(Path.Combine(_sandbox.Commands, "apt-get"));

        var (exit, _, error) = _sandbox.Run();

        exit.ShouldBe(2);
        error.ShouldStartWith("undertone: missing: libsndfile1 libsoxr0 libsvm3 (names of Debian packages). This system has no apt-get");
    }

    [RootFact]
    public void Root_gets_what_is_missing_installed_once()
    {
        _sandbox.Write("home/nothing", "");

        var (exit, _, error) = _sandbox.Run(user: User.Root);
        _sandbox.Run(user: User.Root);

        exit.ShouldBe(7);
        error.ShouldContain("installing libsndfile1 libsoxr0 libsvm3 ... done");
        _sandbox.Calls.Where(call => call.StartsWith("apt-get")).ShouldBe(
        [
            "apt-get update -q",
            "apt-get install -y -q --no-install-recommends -o DPkg::Lock::Timeout=600 libsndfile1 libsoxr0 libsvm3",
        ]);
    }

    [RootFact]
    public void An_installation_that_fails_ends_with_its_log()
    {
        _sandbox.Write("home/nothing", "");
        _sandbox.Command("apt-get", "echo 'E: Unable to fetch some archives'; exit 100");

        var (exit, _, error) = _sandbox.Run(user: User.Root);

        exit.ShouldBe(1);
        error.ShouldContain("installing libsndfile1 libsoxr0 libsvm3 failed");
        error.ShouldContain("    E: Unable to fetch some archives");
    }

    [Theory]
    [InlineData("n", 2, "nothing was installed. The command: sudo apt-get install -y --no-install-recommends libsndfile1 libsoxr0 libsvm3")]
    [InlineData("y", 7, "installing libsndfile1 libsoxr0 libsvm3 ... done")]
    public void An_ordinary_user_at_a_terminal_is_asked_before_sudo_is_used(string answer, int exit, string expected)
    {
        _sandbox.Write("home/nothing", "");
        _sandbox.Command("sudo", "[ \"$1\" = -v ] || \"$@\"");
        _sandbox.Write("home/at-a-terminal", $"#!/bin/sh\nexec /usr/bin/script -q -e -c '\"{_sandbox.Checkout}/undertone\"' /dev/null\n", executable: true);

        var (code, shown, _) = _sandbox.Run(Path.Combine(_sandbox.Home, "at-a-terminal"), input: answer + "\n\u0004", user: User.Ordinary);

        shown.ShouldContain("install them now with 'sudo apt-get install -y --no-install-recommends libsndfile1 libsoxr0 libsvm3'? [Y/n]");
        shown.ShouldContain(expected);
        code.ShouldBe(exit);
        _sandbox.Calls.Any(call => call.StartsWith("sudo env DEBIAN_FRONTEND=noninteractive apt-get install")).ShouldBe(exit == 7);
    }

    [Fact]
    public void The_doctor_is_called_where_a_package_is_missing()
    {
        _sandbox.Write("home/nothing", "");

        var (exit, output, _) = _sandbox.Run(user: User.Ordinary, arguments: ["doctor"]);

        exit.ShouldBe(7);
        output.ShouldStartWith("ran [doctor]");
        _sandbox.Calls.ShouldNotContain(call => call.StartsWith("apt-get"));
    }

    [BuiltCheckoutFact]
    public void An_up_to_date_checkout_runs_the_command_and_builds_nothing()
    {
        using var process = Process.Start(new ProcessStartInfo(Checkout.At("undertone"), "--help") { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.StandardOutput.ReadToEnd().ShouldContain("speech emotion recognition");
        process.StandardError.ReadToEnd().ShouldBeEmpty();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0);
    }
}
