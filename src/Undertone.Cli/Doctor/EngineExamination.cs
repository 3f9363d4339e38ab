using System.Globalization;
using System.Text.RegularExpressions;
using Undertone.Torch;

namespace Undertone.Cli.Doctor;

/// <summary>The bridge, libtorch, its BLAS, its threads and its devices.</summary>
internal static partial class EngineExamination
{
    private const string SetUp = "any command of ./undertone but this one sets it up; by hand: "
        + "sudo apt-get install --no-install-recommends libtorch-dev libopenblas0-pthread cmake make g++";

    /// <summary>Looks at the engine; one finding alone where it cannot be loaded.</summary>
    public static IEnumerable<Finding> Findings()
    {
        string version;
        Finding? missing = null;
        try
        {
            version = Engine.Version;
        }
        catch (Exception e) when (Unavailable(e) is { } reason)
        {
            version = "";
            missing = Finding.Missing("bridge", reason, SetUp);
        }

        return missing is null ? Loaded(version) : [missing];
    }

    private static IEnumerable<Finding> Loaded(string version)
    {
        yield return Finding.Ok("bridge", $"for libtorch {version}: {Engine.BridgeFile}");
        var library = RealPath(Engine.LibraryFile);
        yield return Finding.Ok("libtorch", $"{version}, {Origin(library)}: {library}");
        yield return Blas(RealPath(Engine.BlasFile));
        var configuration = Engine.Configuration;
        var oneDnn = OneDnn().Match(configuration).Groups["version"].Value;
        yield return oneDnn.Length > 0
            ? Finding.Ok("oneDNN", oneDnn)
            : Finding.Warning("oneDNN", "this libtorch is built without it: convolutions are slow", "build the bridge against another libtorch: CMAKE_PREFIX_PATH=FOLDER ./undertone doctor");
        yield return Threads();
        var cards = Engine.CudaDevices;
        yield return Finding.Ok("device", cards > 0
            ? $"cuda ({cards.ToString(CultureInfo.InvariantCulture)} of them), cpu"
            : "cpu; CUDA needs a libtorch with CUDA, named by CMAKE_PREFIX_PATH when the bridge is built");
    }

    private static Finding Blas(string file)
    {
        if (file.Length == 0)
        {
            return Finding.Ok("BLAS", "part of libtorch");
        }

        var name = file.ToLowerInvariant();
        if (name.Contains("openblas") || name.Contains("mkl") || name.Contains("blis"))
        {
            return Finding.Ok("BLAS", $"{(name.Contains("openblas") ? "OpenBLAS" : name.Contains("mkl") ? "MKL" : "BLIS")}: {file}");
        }

        var triplet = Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(file))) is { Length: > 0 } folder && folder.Contains('-') ? folder : "x86_64-linux-gnu";
        return Finding.Warning(
            "BLAS",
            $"many times slower than OpenBLAS (the reference BLAS, by its place): {file}",
            $"sudo apt-get install libopenblas0-pthread && sudo update-alternatives --auto libblas.so.3-{triplet} && sudo update-alternatives --auto liblapack.so.3-{triplet}; LD_LIBRARY_PATH must not name it either");
    }

    private static Finding Threads()
    {
        var (threads, cores) = (Engine.Threads, Environment.ProcessorCount);
        var found = string.Create(CultureInfo.InvariantCulture, $"{threads} a process, {cores} {(cores == 1 ? "core" : "cores")}");
        return threads == 1
            ? Finding.Ok("threads", $"{found}: 'run' starts a worker for each core")
            : Finding.Warning("threads", found, "unset UNDERTONE_THREADS: workers of one thread each are faster than one of many");
    }

    private static string Origin(string library) =>
        library.StartsWith("/usr/lib/", StringComparison.Ordinal) ? "the system's package" : "named by CMAKE_PREFIX_PATH when the bridge was built";

    private static string RealPath(string file) =>
        file.Length == 0 ? file : LinkTarget(Path.GetFullPath(file));

    // A path through every link, those of its folders too: /lib and /usr/lib are one on Debian, and alternatives are links.
    private static string LinkTarget(string file)
    {
        var path = "/";
        foreach (var part in file.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            path = Path.Combine(path, part);
            FileSystemInfo info = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
            path = info.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;
        }

        return path;
    }

    private static string? Unavailable(Exception error) => error switch
    {
        TorchUnavailableException e => e.Reason(),
        DllNotFoundException or EntryPointNotFoundException or BadImageFormatException => error.Message,
        TypeInitializationException { InnerException: { } inner } => Unavailable(inner),
        _ => null,
    };

    // The exception's own way out is for those who call the library; the doctor gives his in the line below.
    private static string Reason(this TorchUnavailableException error) =>
        error.Message.Split(" To mend it:", 2)[0];

    [GeneratedRegex(@"(?:MKL-DNN|oneDNN)\)?\s+(?<version>v?[\d.]+\d)")]
    private static partial Regex OneDnn();
}
