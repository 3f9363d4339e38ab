using System.Runtime.CompilerServices;

namespace Undertone.Torch;

/// <content>The indexer.</content>
public partial class Tensor
{
    /// <summary>
    /// A part: <c>x[0]</c>, <c>x[.., 1..^1]</c>, <c>x[^1]</c>, <c>x[mask]</c>, <c>x[TensorIndex.Ellipsis, 0]</c>. Reading
    /// indices and ranges gives a view of the same memory, reading tensors a copy; writing copies the value into place.
    /// </summary>
    /// <exception cref="TorchException">More indices than dimensions, or an index out of bounds.</exception>
    [IndexerName("At")]
    public Tensor this[params ReadOnlySpan<TensorIndex> indices]
    {
        get
        {
            using var scope = new DisposeScope();
            var part = Part(indices, out var chosen);
            if (chosen is not null)
            {
                part = Ops.Index.Call(part, Value.OptionalTensors(chosen));
            }

            return ReferenceEquals(part, this) ? scope.MoveToOuter(new Tensor(Alias())) : scope.MoveToOuter(part);
        }

        set
        {
            using var scope = new DisposeScope();
            var part = Part(indices, out var chosen);
            if (chosen is not null)
            {
                Ops.IndexPut.CallInPlace(part, Value.OptionalTensors(chosen), value);
            }
            else
            {
                Ops.CopyInPlace.CallInPlace(part, value);
            }
        }
    }

    /// <summary>Applies indices and ranges, and returns the tensors among the indices at their places.</summary>
    private Tensor Part(ReadOnlySpan<TensorIndex> indices, out Tensor?[]? chosen)
    {
        chosen = null;
        var named = 0;
        foreach (ref readonly var index in indices)
        {
            named += index.Kind switch
            {
                IndexKind.NewAxis or IndexKind.Ellipsis => 0,
                IndexKind.Tensor when index.Chosen!.Dtype == ScalarType.Bool => index.Chosen.Dimensions,
                _ => 1,
            };
        }

        if (named > Dimensions)
        {
            throw new TorchException($"index of {Summary()}: {named} indices for {Dimensions} dimension(s)");
        }

        var part = this;
        var dimension = 0;
        foreach (ref readonly var index in indices)
        {
            switch (index.Kind)
            {
                case IndexKind.Single:
                    part = part.Select(dimension, index.Start.IsFromEnd ? -index.Start.Value : index.Start.Value);
                    break;
                case IndexKind.Range:
                    var size = part.Shape[dimension];
                    part = index.Start.Equals(Index.Start) && index.End.Equals(Index.End) && index.Step == 1
                        ? part
                        : part.Slice(dimension, Place(index.Start, size), Place(index.End, size), index.Step);
                    dimension++;
                    break;
                case IndexKind.NewAxis:
                    part = part.Unsqueeze(dimension++);
                    break;
                case IndexKind.Ellipsis:
                    dimension += Dimensions - named;
                    break;
                default:
                    chosen ??= new Tensor?[part.Dimensions];
                    Array.Resize(ref chosen, Math.Max(chosen.Length, dimension + 1));
                    chosen[dimension] = index.Chosen;
                    dimension += index.Chosen!.Dtype == ScalarType.Bool ? index.Chosen.Dimensions : 1;
                    break;
            }
        }

        if (chosen is not null)
        {
            Array.Resize(ref chosen, Array.FindLastIndex(chosen, c => c is not null) + 1);
        }

        return part;
    }

    private static long Place(Index index, long size) => index.IsFromEnd ? size - index.Value : index.Value;
}
