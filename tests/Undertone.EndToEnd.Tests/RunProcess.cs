using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Undertone.EndToEnd.Tests;

/// <summary>The command line in a process of its own.</summary>
internal sealed class RunProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();

    private RunProcess(RunCorpus corpus, IEnumerable<string> arguments, params IEnumerable<(string Name, string Value)> environment)
    {
        // A shell starts background jobs with SIGINT ignored, and their children inherit that: env gives it back.
        var start = new ProcessStartInfo("env")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = corpus.Folder,
        };
        foreach (var argument in (IEnumerable<string>)["--default-signal=INT", "dotnet", "exec", Path.Combine(AppContext.BaseDirectory, "Undertone.Cli.dll"), .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["XDG_CACHE_HOME"] = corpus.Cache;
        start.Environment["UNDERTONE_CORPORA"] = corpus.Corpora;
        start.Environment.Remove("UNDERTONE_DEBUG");
        start.Environment.Remove("UNDERTONE_COMMAND");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Keep(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(_errors, line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public string Output => Text(_output);

    public string Errors => Text(_errors);

    public static RunProcess Start(RunCorpus corpus, params string[] arguments) => new(corpus, arguments);

    /// <summary>Runs to the end.</summary>
    public static (int Exit, string Output, string Errors) Run(RunCorpus corpus, params string[] arguments)
    {
        using var process = new RunProcess(corpus, arguments);
        return (process.Wait(), process.Output, process.Errors);
    }

    /// <summary>Runs to the end with the bridge that lies in a folder.</summary>
    public static (int Exit, string Errors) RunWithBridge(string native, RunCorpus corpus, params string[] arguments)
    {
        using var process = new RunProcess(corpus, arguments, ("UNDERTONE_NATIVE", native));
        return (process.Wait(), process.Errors);
    }

    /// <summary>Runs to the end where libraries are sought in a folder first.</summary>
    public static (int Exit, string Errors) RunWithLibraries(string folder, RunCorpus corpus, params string[] arguments)
    {
        using var process = new RunProcess(corpus, arguments, ("LD_LIBRARY_PATH", folder));
        return (process.Wait(), process.Errors);
    }

    /// <summary>Runs to the end where temporary files are sought in a folder.</summary>
    public static (int Exit, string Errors) RunWithTemporaryFolder(string folder, RunCorpus corpus, params string[] arguments)
    {
        using var process = new RunProcess(corpus, arguments, ("TMPDIR", folder));
        return (process.Wait(), process.Errors);
    }

    /// <summary>Runs to the end and tells which shared libraries the process and its children loaded, as the system's loader reports them.</summary>
    public static (int Exit, string Errors, IReadOnlyList<string> Libraries) RunTraced(RunCorpus corpus, params string[] arguments)
    {
        var traces = Directory.CreateTempSubdirectory("undertone-loaded-");
        try
        {
            using var process = new RunProcess(corpus, arguments, ("LD_DEBUG", "files"), ("LD_DEBUG_OUTPUT", Path.Combine(traces.FullName, "trace")));
            var exit = process.Wait();
            var libraries = traces.GetFiles().SelectMany(f => File.ReadLines(f.FullName))
                .SelectMany(l => l.Split((char[])[' ', '=', ';', '\t'], StringSplitOptions.RemoveEmptyEntries))
                .Where(w => w.Contains(".so", StringComparison.Ordinal)).Select(w => Path.GetFileName(w)).Distinct().Order(StringComparer.Ordinal);
            return (exit, process.Errors, [.. libraries]);
        }
        finally
        {
            traces.Delete(recursive: true);
        }
    }

    /// <summary>Waits for the end and gives the exit code.</summary>
    public int Wait()
    {
        if (!_process.WaitForExit(Patience))
        {
            _process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The command did not end.\n{Output}\n{Errors}");
        }

        _process.WaitForExit();
        return _process.ExitCode;
    }

    /// <summary>Waits until something is so.</summary>
    public void Until(Func<bool> so, string what)
    {
        var clock = Stopwatch.StartNew();
        while (!so())
        {
            if (clock.Elapsed > Patience || _process.HasExited)
            {
                throw new TimeoutException($"Not seen: {what}\n{Output}\n{Errors}");
            }

            Thread.Sleep(10);
        }
    }

    /// <summary>Waits for a worker process of this run and gives its id.</summary>
    public int Worker()
    {
        var worker = 0;
        Until(() => (worker = Processes("trial").FirstOrDefault(p => ParentOf(p) == Id)) > 0, "a worker process");
        return worker;
    }

    /// <summary>Sends a signal.</summary>
    public static void Signal(string name, int process)
    {
        using var kill = Process.Start("kill", [$"-{name}", process.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits until no process works on a folder any more.</summary>
    public static void UntilNoneWorksOn(string folder)
    {
        var clock = Stopwatch.StartNew();
        while (Processes(folder).Count > 0)
        {
            clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20), "worker processes outlive their run");
            Thread.Sleep(20);
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static List<int> Processes(string argument)
    {
        var found = new List<int>();
        foreach (var folder in Directory.GetDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), out var id) && Read(id, "cmdline") is { } line && line.Contains("Undertone.Cli.dll") && line.Contains(argument))
            {
                found.Add(id);
            }
        }

        return found;
    }

    private static int ParentOf(int process) =>
        Read(process, "stat") is { } stat ? int.Parse(stat[(stat.LastIndexOf(')') + 4)..].Split(' ')[0], CultureInfo.InvariantCulture) : 0;

    private static string? Read(int process, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/{file}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // it has ended
        }
    }

    private static void Keep(StringBuilder text, string? line)
    {
        if (line is not null)
        {
            lock (text)
            {
                text.Append(line).Append('\n');
            }
        }
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
