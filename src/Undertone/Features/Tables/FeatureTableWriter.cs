namespace Undertone.Features.Tables;

/// <summary>A form in which extracted features are written.</summary>
internal abstract class FeatureTableWriter
{
    private static readonly IReadOnlyDictionary<string, Func<FeatureTableWriter>> ByExtension = new SortedDictionary<string, Func<FeatureTableWriter>>(StringComparer.OrdinalIgnoreCase)
    {
        [".csv"] = () => new CsvFeatureTable(),
        [".safetensors"] = () => new SafeTensorsFeatureTable(),
    };

    /// <summary>The form that a file's extension names.</summary>
    /// <exception cref="UndertoneException">The extension is another.</exception>
    public static FeatureTableWriter For(string path) =>
        ByExtension.TryGetValue(Path.GetExtension(path), out var make)
            ? make()
            : throw new UndertoneException($"{path}: the extension '{Path.GetExtension(path)}' names no form of table{NearestName.Hint(Path.GetExtension(path), ByExtension.Keys)}");

    /// <summary>Writes the features of recordings, all of them in <paramref name="features"/>, on so many threads as there are workers.</summary>
    public abstract void Write(
        Stream stream, FeatureExtractor extractor, IReadOnlyList<string> labels, IReadOnlyList<FeatureSource> sources, PartialFeatures features, int workers);
}
