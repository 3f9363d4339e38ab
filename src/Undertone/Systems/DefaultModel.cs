namespace Undertone.Systems;

/// <summary>
/// Finds the model that comes with Undertone, <c>models/default</c>, so that predictions need no training and no corpus:
/// beside the program, where the build puts it, else in a folder above it.
/// </summary>
public static class DefaultModel
{
    private static readonly string Place = Path.Combine("models", "default");

    /// <summary>The model's folder.</summary>
    /// <exception cref="UndertoneException">It is in none of the places; the message names them.</exception>
    public static string Folder => Find(AppContext.BaseDirectory);

    private static string Find(string from)
    {
        var places = new List<string>();
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            places.Add(Path.Combine(folder.FullName, Place));
        }

        return places.FirstOrDefault(p => File.Exists(Path.Combine(p, ModelDescription.FileName)))
            ?? throw new UndertoneException(
                $"The default model was not found. Looked for: {string.Join(", ", places)}. Copy models/default from Undertone's repository beside the program, or name a model of your own.");
    }
}
