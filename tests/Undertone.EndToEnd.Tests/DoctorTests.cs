using System.Diagnostics;

namespace Undertone.EndToEnd.Tests;

public sealed class DoctorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("undertone doctor ").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_machine_that_is_set_up_is_well()
    {
        var (exit, output) = Doctor(AppContext.BaseDirectory, [], "--speed");

        output.ShouldContain("\nok       bridge         for libtorch ");
        output.ShouldContain("\nok       libtorch       ");
        output.ShouldMatch(@"\n(ok     |warning)  speed          [\d.]+ GFLOP/s");
        output.ShouldMatch(@"\nok       operator call  [\d.]+ µs");
        output.ShouldMatch(@"\nok       libsndfile     libsndfile-\d");
        output.ShouldMatch(@"\nok       libsoxr        libsoxr-\d");
        output.ShouldMatch(@"\nok       libsvm         \d\.\d\d");
        output.ShouldContain($"\nok       cache          {_folder}/cache/undertone (nothing in it yet)");
        exit.ShouldBe(0);
    }

    [Fact]
    public void Without_the_bridge_it_says_where_it_looked_and_how_to_get_it()
    {
        var elsewhere = Path.Combine(_folder, "elsewhere");
        Directory.CreateDirectory(elsewhere);
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory).Where(f => f.EndsWith(".dll") || f.EndsWith(".json")))
        {
            File.Copy(file, Path.Combine(elsewhere, Path.GetFileName(file)));
        }

        var (exit, output) = Doctor(elsewhere, [], "--speed");

        exit.ShouldBe(1);
        output.ShouldContain($"missing  bridge         The bridge to libtorch (libundertone_torch.so) was not found. Looked for: {elsewhere}");
        output.ShouldContain("mend: any command of ./undertone but this one sets it up; by hand: sudo apt-get install");
        output.ShouldContain("\nok       libsndfile");
        output.ShouldEndWith("Something that Undertone needs is missing.\n");
    }

    [Theory]
    [InlineData("libsvm", "libsvm.so.3", "libsvm3")]
    [InlineData("libsndfile", "libsndfile.so.1", "libsndfile1")]
    [InlineData("libsoxr", "libsoxr.so.0", "libsoxr0")]
    public void A_library_that_cannot_be_loaded_is_missing_and_its_package_named(string library, string file, string package)
    {
        // Empty files of its names, found before the true ones, are no libraries.
        foreach (var name in (string[])[file, $"{library}.so"])
        {
            File.WriteAllText(Path.Combine(_folder, name), "");
        }

        var (exit, output) = Doctor(AppContext.BaseDirectory, [("LD_LIBRARY_PATH", _folder)]);

        exit.ShouldBe(1);
        output.ShouldContain($"\nmissing  {library,-14} The native library {library} is missing (tried {file}, ");
        output.ShouldContain($"mend: sudo apt-get install {package}\n");
        output.ShouldEndWith("Something that Undertone needs is missing.\n");
    }

    [Fact]
    public void A_blas_that_is_not_known_as_fast_is_a_warning()
    {
        var line = Doctor(AppContext.BaseDirectory, []).Output.Split('\n').Single(l => l.StartsWith("ok       BLAS"));
        if (line.EndsWith("part of libtorch"))
        {
            return; // a libtorch of the user's own, which cannot be given another
        }

        File.Copy(line[line.IndexOf('/')..], Path.Combine(_folder, "libblas.so.3"));
        var (exit, output) = Doctor(AppContext.BaseDirectory, [("LD_LIBRARY_PATH", _folder)]);

        exit.ShouldBe(0);
        output.ShouldContain($"warning  BLAS           many times slower than OpenBLAS (the reference BLAS, by its place): {_folder}/libblas.so.3");
        output.ShouldContain("mend: sudo apt-get install libopenblas0-pthread && sudo update-alternatives --auto libblas.so.3-");
    }

    [Fact]
    public void Corpora_are_counted_by_their_names_and_the_lacking_named()
    {
        var corpora = Directory.CreateDirectory(Path.Combine(_folder, "corpora")).FullName;
        var emodb = Directory.CreateDirectory(Path.Combine(corpora, "emodb", "wav")).FullName;
        File.WriteAllText(Path.Combine(emodb, "03a01Fa.wav"), "");

        var (exit, output) = Doctor(AppContext.BaseDirectory, [], "--corpora", corpora);

        exit.ShouldBe(0);
        output.ShouldContain($"ok       corpora        {corpora} (--corpora)");
        output.ShouldContain($"warning  corpus emodb   1 utterances of 535 in {corpora}/emodb\n");
        output.ShouldContain("mend: undertone corpora check emodb");
        output.ShouldContain("not found: ravdess, ravdess-song, savee, tess, crema-d, iemocap, enterface, des, ldc-emotional-prosody, urdu (");
    }

    private (int Exit, string Output) Doctor(string program, (string Name, string Value)[] environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, WorkingDirectory = _folder };
        foreach (var argument in (string[])[Path.Combine(program, "Undertone.Cli.dll"), "doctor", .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["XDG_CACHE_HOME"] = Path.Combine(_folder, "cache");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
