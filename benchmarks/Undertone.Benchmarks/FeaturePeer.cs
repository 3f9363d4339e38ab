using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Undertone.Speech;

namespace Undertone.Benchmarks;

/// <summary>torchaudio in a process of its own: it reads the waveforms once, then runs a task for each line it is sent.</summary>
internal sealed class FeaturePeer : IDisposable
{
    private readonly string _data = Path.GetTempFileName();
    private readonly Process _process;

    public FeaturePeer(string python, List<Waveform> waves)
    {
        using (var stream = File.Create(_data))
        {
            foreach (var wave in waves)
            {
                stream.Write(BitConverter.GetBytes(wave.Samples.Length));
                stream.Write(MemoryMarshal.AsBytes(wave.Samples.AsSpan()));
            }
        }

        var start = new ProcessStartInfo(python)
        {
            ArgumentList = { "-W", "ignore", Path.Combine(AppContext.BaseDirectory, "peers", "torchaudio_features.py"), _data },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var variable in (string[])["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"])
        {
            start.Environment[variable] = "1";
        }

        try
        {
            _process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new UndertoneException($"{python} cannot be started ({error.Message}); name a Python with torchaudio by --python, or 'none'.", error);
        }

        Console.WriteLine($"peer: {Line()}");
    }

    public double Measure(string task)
    {
        _process.StandardInput.WriteLine(task);
        return double.Parse(Line(), CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit(5000);
        _process.Dispose();
        File.Delete(_data);
    }

    private string Line() =>
        _process.StandardOutput.ReadLine()
        ?? throw new UndertoneException("The Python peer ended early; it needs python3-torch and python3-torchaudio (Debian packages).");
}
