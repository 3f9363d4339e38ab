using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Undertone.Torch.Tests")]
