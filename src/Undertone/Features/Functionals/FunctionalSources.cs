namespace Undertone.Features.Functionals;

/// <summary>Where functionals are described.</summary>
internal static class FunctionalSources
{
    public const string Book = "Eyben 2016, Real-time Speech and Music Classification by Large Audio Feature Space Extraction, doi:10.1007/978-3-319-27299-3";
}
