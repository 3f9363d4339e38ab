using System.Diagnostics;
using System.Runtime.Versioning;

[assembly: SupportedOSPlatform("linux")]

namespace Undertone.EndToEnd.Tests;

/// <summary>Who starts the launcher.</summary>
internal enum User
{
    /// <summary>Whoever runs the tests.</summary>
    Any,

    /// <summary>Someone who may not install packages.</summary>
    Ordinary,

    /// <summary>Root.</summary>
    Root,
}

/// <summary>
/// The launcher's scripts in an empty checkout, on a machine whose every command is chosen by the test: dotnet, cmake,
/// apt-get and ldconfig are stand-ins that write down what they were asked, the rest are the system's own.
/// </summary>
internal sealed class LauncherSandbox : IDisposable
{
    private static readonly string[] Borrowed =
    [
        "awk", "basename", "bash", "cat", "chmod", "cmp", "cp", "cut", "date", "dirname", "env", "find", "flock", "grep", "head", "ldd", "ln",
        "mkdir", "mv", "paste", "readlink", "rm", "sed", "setsid", "sleep", "sort", "tail", "touch", "xargs",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("undertone launcher ").FullName;

    public LauncherSandbox()
    {
        Checkout = Path.Combine(_folder, "check out");
        Commands = Path.Combine(_folder, "commands");
        Directory.CreateDirectory(Commands);
        foreach (var script in new[] { "undertone", "scripts/checkout.sh", "scripts/setup.sh" })
        {
            Write($"check out/{script}", File.ReadAllText(EndToEnd.Tests.Checkout.At(script)), executable: true);
        }

        foreach (var file in new[] { "src/Undertone.Cli/A.cs", "src/Undertone.Cli/B.cs", "native/CMakeLists.txt", "web/package-lock.json", "models/default/model.json", "Directory.Build.props", "Directory.Packages.props", "global.json" })
        {
            Write($"check out/{file}", "one\n");
        }

        foreach (var name in Borrowed)
        {
            var real = Environment.GetEnvironmentVariable("PATH")!.Split(':').Concat(["/usr/bin", "/bin"])
                .Select(folder => Path.Combine(folder, name)).First(File.Exists);
            File.CreateSymbolicLink(Path.Combine(Commands, name), real);
        }

        Write("libtorch/share/cmake/Torch/TorchConfig.cmake", "");
        Command("dotnet", """
            case "$1" in
              --list-sdks) echo '10.0.100 [/usr/share/dotnet/sdk]' ;;
              build)
                sleep 0.2
                out=src/Undertone.Cli/bin/Release/net10.0
                cd "$CHECKOUT" && mkdir -p "$out" && grep -q broken src/Undertone.Cli/A.cs && { echo 'A.cs(1,1): error CS1002: ; expected'; exit 1; }
                : >"$out/Undertone.Cli.dll" ;;
              *) shift; echo "ran [$*] in [$PWD] reading [$(cat)]"; exit 7 ;;
            esac
            """);
        Command("cmake", """[ "$1" = --build ] || { mkdir -p "$4" && cp "$(command -v env)" "$4/libbridge.so"; }""");
        Command("g++", "");
        Command("make", "");
        Command("node", "");
        Command("npm", "");
        Command("apt-get", "[ \"$1\" != install ] || : >\"$HOME/installed\"");
        Command("ldconfig", """
            [ -e "$HOME/nothing" ] && [ ! -e "$HOME/installed" ] && exit 0
            printf '\t%s (libc6,x86-64) => /nowhere/%s\n' libsndfile.so.1 libsndfile.so.1 libsoxr.so.0 libsoxr.so.0 libsvm.so.3 libsvm.so.3
            """);
        Directory.CreateDirectory(Home);
        OpenToAll(_folder);
    }

    /// <summary>The checkout's folder; its name has a space.</summary>
    public string Checkout { get; }

    /// <summary>The one folder on PATH.</summary>
    public string Commands { get; }

    /// <summary>The home folder.</summary>
    public string Home => Path.Combine(_folder, "home");

    /// <summary>What the stand-ins were asked, one line a call.</summary>
    public IReadOnlyList<string> Calls => File.Exists(Path.Combine(Home, "calls")) ? File.ReadAllLines(Path.Combine(Home, "calls")) : [];

    /// <summary>How often the program was built.</summary>
    public int Builds => Calls.Count(call => call.StartsWith("dotnet build"));

    /// <summary>How often the bridge was built.</summary>
    public int Bridges => Calls.Count(call => call.StartsWith("cmake -S"));

    /// <summary>Writes a stand-in.</summary>
    public void Command(string name, string script) => Write(
        $"commands/{name}",
        $"#!/usr/bin/env bash\n[ \"$1\" = --list-sdks ] || [ {name} = ldconfig ] || echo \"{name} $*\" >>\"$HOME/calls\"\n{script}\n",
        executable: true);

    /// <summary>Writes a file below the sandbox's folder.</summary>
    public void Write(string path, string text, bool executable = false)
    {
        var file = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        File.SetUnixFileMode(file, (UnixFileMode)Convert.ToInt32(executable ? "777" : "666", 8));
    }

    /// <summary>Starts the launcher and waits for its end.</summary>
    public (int Exit, string Output, string Error) Run(string? launcher = null, string? from = null, string input = "", User user = User.Any, params string[] arguments)
    {
        using var process = Start(launcher, from, user, arguments);
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    /// <summary>Starts the launcher.</summary>
    public Process Start(string? launcher = null, string? from = null, User user = User.Any, params string[] arguments)
    {
        launcher ??= Path.Combine(Checkout, "undertone");
        string[] command = (user, Environment.IsPrivilegedProcess) switch
        {
            (User.Ordinary, true) => ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", launcher],
            (User.Root, false) => ["unshare", "--map-root-user", launcher],
            _ => [launcher],
        };
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = from ?? _folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Clear();
        start.Environment["PATH"] = Commands;
        start.Environment["HOME"] = Home;
        start.Environment["CHECKOUT"] = Checkout;
        start.Environment["CMAKE_PREFIX_PATH"] = Path.Combine(_folder, "libtorch");
        return Process.Start(start)!;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void OpenToAll(string folder)
    {
        foreach (var each in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories).Append(folder))
        {
            File.SetUnixFileMode(each, (UnixFileMode)Convert.ToInt32("777", 8));
        }
    }
}
