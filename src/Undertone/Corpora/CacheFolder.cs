namespace Undertone.Corpora;

/// <summary>Where Undertone keeps what it can compute again: the demo corpus, audio indexes, features.</summary>
/// <remarks>Follows the XDG base directory specification, version 0.8: <c>$XDG_CACHE_HOME</c>, else <c>~/.cache</c>.</remarks>
public static class CacheFolder
{
    /// <summary>The cache folder of this user: <c>~/.cache/undertone</c>. It need not exist yet.</summary>
    public static string Default
    {
        get
        {
            var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
            if (string.IsNullOrEmpty(cache) || !Path.IsPathRooted(cache))
            {
                // The specification says that a relative value is to be ignored.
                var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
                cache = Path.Combine(home.Length == 0 ? Path.GetTempPath() : home, ".cache");
            }

            return Path.Combine(cache, "undertone");
        }
    }
}
