using System.Globalization;

namespace Undertone.Benchmarks;

/// <summary>What the command line says.</summary>
internal sealed record BenchmarkOptions
{
    public string? Corpora { get; init; } = Environment.GetEnvironmentVariable("UNDERTONE_CORPORA");

    public int Rounds { get; init; } = 7;

    public string Python { get; init; } = "/usr/bin/python3";

    public string? Output { get; init; }

    public static BenchmarkOptions Parse(ReadOnlySpan<string> args)
    {
        var options = new BenchmarkOptions();
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : throw new UndertoneException($"The option {args[i]} needs a value.");
            options = args[i] switch
            {
                "--corpora" => options with { Corpora = value },
                "--python" => options with { Python = value },
                "--output" => options with { Output = value },
                "--rounds" => options with
                {
                    Rounds = int.TryParse(value, CultureInfo.InvariantCulture, out var rounds) && rounds > 0
                        ? rounds
                        : throw new UndertoneException($"--rounds is '{value}'; expected a positive number."),
                },
                _ => throw new UndertoneException($"There is no option '{args[i]}'{NearestName.Hint(args[i], ["--corpora", "--rounds", "--python", "--output"])}"),
            };
        }

        return options;
    }
}
