namespace Undertone.EndToEnd.Tests;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Checkout
{
    /// <summary>Its folder.</summary>
    public static string Root { get; } = Find();

    /// <summary>A file or folder in it.</summary>
    public static string At(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Undertone.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No Undertone.slnx in any folder above {AppContext.BaseDirectory}.");
    }
}
