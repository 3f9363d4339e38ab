using System.Globalization;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;
using Spectre.Console;
using Undertone.Cli.Progress;
using Undertone.Emotions;

namespace Undertone.Cli.Commands;

/// <summary>How predictions are printed.</summary>
internal enum PredictionForm
{
    /// <summary>For people.</summary>
    Table,

    /// <summary>One object a line.</summary>
    Json,

    /// <summary>With a header.</summary>
    Csv,
}

/// <summary>Prints predictions: <c>--json</c> and <c>--csv</c> as they come, the table at the end.</summary>
internal sealed class PredictionWriter
{
    private readonly IReadOnlyList<string> _classes;
    private readonly PredictionForm _form;
    private readonly Table _table = new();
    private readonly CsvWriter _csv;

    public PredictionWriter(IReadOnlyList<string> classes, PredictionForm form)
    {
        _classes = classes;
        _form = form;
        _csv = new CsvWriter(Console.Out, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" }, leaveOpen: true);
        _table.Border(TableBorder.Rounded).AddColumns("file", "emotion").AddColumns([.. classes.Select(c => new TableColumn(c).RightAligned())]);
        if (form == PredictionForm.Csv)
        {
            foreach (var header in classes.Select(c => $"p({c})").Prepend("predicted").Prepend("seconds").Prepend("file"))
            {
                _csv.WriteField(header);
            }

            _csv.NextRecord();
        }
    }

    public void Add(string file, double seconds, Prediction prediction)
    {
        switch (_form)
        {
            case PredictionForm.Json:
                Console.WriteLine(JsonSerializer.Serialize(new
                {
                    file,
                    seconds = Math.Round(seconds, 3),
                    predicted = prediction.Label,
                    probabilities = prediction.Probabilities.ToDictionary(p => p.Key, p => p.Value),
                }));
                break;
            case PredictionForm.Csv:
                _csv.WriteField(file);
                _csv.WriteField(Math.Round(seconds, 3));
                _csv.WriteField(prediction.Label);
                foreach (var (_, probability) in prediction.Probabilities)
                {
                    _csv.WriteField(probability);
                }

                _csv.NextRecord();
                break;
            default:
                var cells = prediction.Probabilities.Select(p => p.Key == prediction.Label ? $"[bold]{Percent(p.Value)}[/]" : Percent(p.Value));
                _table.AddRow([Markup.Escape(file), $"[bold]{Markup.Escape(prediction.Label)}[/]", .. cells]);
                break;
        }
    }

    public void Finish()
    {
        _csv.Flush();
        if (_form == PredictionForm.Table && _table.Rows.Count > 0)
        {
            ResultsView.Console.Write(_table);
        }
    }

    private static string Percent(float probability) => (probability * 100).ToString("F1", CultureInfo.InvariantCulture) + " %";
}
