using Undertone;
using Undertone.Benchmarks;

try
{
    switch (args)
    {
        case ["features", .. var rest]:
            FeatureBenchmark.Run(BenchmarkOptions.Parse(rest));
            return 0;
        case ["extraction", .. var rest]:
            ExtractionBenchmark.Run(BenchmarkOptions.Parse(rest));
            return 0;
        case ["memory", .. var rest]:
            MemoryBenchmark.Run(BenchmarkOptions.Parse(rest));
            return 0;
        case ["memory-of", var set, var file, var table]:
            MemoryBenchmark.Measure(set, file, table);
            return 0;
        case ["egemaps", .. var rest]:
            FunctionalsBenchmark.Run(BenchmarkOptions.Parse(rest));
            return 0;
        case ["training", .. var rest]:
            TrainingBenchmark.Run(BenchmarkOptions.Parse(rest));
            return 0;
        case ["networks", .. var rest]:
            NetworkBenchmark.Run(BenchmarkOptions.Parse(rest));
            return 0;
        case ["evaluation", .. var rest]:
            EvaluationBenchmark.Run(BenchmarkOptions.Parse(rest));
            return 0;
        case ["denoise", .. var rest]:
            DenoiseBenchmark.Run(BenchmarkOptions.Parse(rest));
            return 0;
        case ["warnings", .. var rest]:
            InputWarningsBenchmark.Run(BenchmarkOptions.Parse(rest));
            return 0;
        case ["fft", ..]:
            FftBenchmark.Run();
            return 0;
        default:
            Console.Error.WriteLine(
                """
                Usage: dotnet run -c Release --project benchmarks/Undertone.Benchmarks -- COMMAND [OPTIONS]

                  features   log-mel and MFCC against torchaudio, on one thread each, in turn on the same waveforms
                  extraction 'features extract' of EMO-DB, files to table, with one thread and with two; the rate of a matrix product beside
                  memory     seconds and greatest memory of 'features extract' of one file of 1, 10 and 60 minutes
                  egemaps    processor time of eGeMAPS for EMO-DB beside the machine's rate of a matrix product
                  training   a leave-one-speaker-out set of EMO-DB against plain PyTorch
                  networks   a training epoch of the networks on raw audio against the same layers in plain PyTorch, processor time on one thread
                  evaluation metrics, intervals and significance tests of 100,000 predictions against NumPy and SciPy
                  denoise    what noise reduction gains on speech of EMO-DB in noise, by segmental signal-to-noise ratio
                  warnings   how often the default model warns of recordings, of three corpora and spoilt ones
                  fft        the real Fourier transform against MathNet.Numerics

                  --corpora DIR   where the folder emodb lies (or UNDERTONE_CORPORA); without it the waveforms are synthetic
                  --rounds N      how often each side is measured (7)
                  --python PATH   a Python with what the peer needs (/usr/bin/python3); 'none' measures Undertone alone
                  --output FILE   where denoise and warnings write their table as well
                """);
            return 2;
    }
}
catch (UndertoneException error)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}
