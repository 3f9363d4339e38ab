using System.Buffers.Binary;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Undertone.Torch.Tests;

[Collection("alone")]
public sealed class SafeTensorsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("undertone-torch-").FullName;

    public static TheoryData<string, string, byte[]> Damaged => new()
    {
        { "empty", "it has 0 bytes", [] },
        { "short", "it has 5 bytes", [1, 0, 0, 0, 0] },
        { "huge header", "header of 18446744073709551615 bytes, at most 100000000", [.. Enumerable.Repeat((byte)255, 8), .. "{}"u8] },
        { "header beyond the end", "header of 500 bytes, but only 2 follow", [.. Length(500), .. "{}"u8] },
        { "no JSON object", "does not begin with '{'", Built("[1, 2]", 0) },
        { "no header", "does not begin with '{'", Built("", 0) },
        { "broken JSON", "not sound JSON", Built("{\"a\": ", 0) },
        { "deep JSON", "not sound JSON", Built("{\"a\":" + new string('[', 100) + new string(']', 100) + "}", 0) },
        { "not Unicode", "not sound JSON", [.. Length(9), .. "{\"\xff"u8, 0xff, 0xfe, .. "\":1}"u8] },
        { "name twice", "not sound JSON", Built("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", 2) },
        { "no object", "described by no object", Built("""{"a":3}""", 0) },
        { "metadata", "metadata 'x' is no text", Built("""{"__metadata__":{"x":1}}""", 0) },
        { "metadata list", "is no object", Built("""{"__metadata__":[]}""", 0) },
        { "unknown kind", "kind 'F12'; known are F64, F32", One("F12", "[1]", 0, 1, 1) },
        { "unknown field", "unknown or unsound field 'stride'", Built("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1],"stride":1}}""", 1) },
        { "missing field", "lacks a dtype, a shape", Built("""{"a":{"dtype":"U8","shape":[1]}}""", 1) },
        { "three offsets", "two data_offsets", Built("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1,2]}}""", 1) },
        { "negative size", "holds -1, a whole number", One("U8", "[-1]", 0, 1, 1) },
        { "fractional size", "holds 1.5, a whole number", One("U8", "[1.5]", 0, 1, 1) },
        { "size as text", "holds \"1\"", One("U8", "[\"1\"]", 0, 1, 1) },
        { "overflowing shape", "larger than any file", One("F32", "[4294967296,4294967296,2]", 0, 8, 8) },
        { "overflow behind a zero", "larger than any file", One("F32", "[0,9223372036854775807,9223372036854775807]", 0, 0, 0) },
        { "many dimensions", "has 20 dimensions", One("U8", "[" + string.Join(',', Enumerable.Repeat("1", 20)) + "]", 0, 1, 1) },
        { "wrong size", "needs 16 bytes, its data_offsets [0, 8] give 8", One("F32", "[2,2]", 0, 8, 8) },
        { "offsets reversed", "needs 4 bytes, its data_offsets [8, 4] give -4", One("F32", "[1]", 8, 4, 8) },
        { "cut off", "need 16 bytes of data, 10 are there", One("F32", "[4]", 0, 16, 10) },
        { "rest", "3 bytes follow", One("F32", "[4]", 0, 16, 19) },
        { "hole at the start", "hole of 4 bytes between the header and tensor 'a'", One("F32", "[1]", 4, 8, 8) },
        { "hole", "hole of 1 bytes between a and tensor 'b'", Built("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"U8","shape":[1],"data_offsets":[2,3]}}""", 3) },
        { "overlap", "begins at byte 1, inside 'a', which ends at 2", Built("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}""", 3) },
    };

    [Theory]
    [MemberData(nameof(Damaged))]
    public void ADamagedFileIsRefusedWithItsReason(string kind, string reason, byte[] content)
    {
        var file = Path.Combine(folder, kind.Replace(' ', '-') + ".safetensors");
        File.WriteAllBytes(file, content);
        var before = Tensor.LiveCount;
        var error = Should.Throw<SafeTensorsException>(() => SafeTensors.Read(file));
        error.Message.ShouldContain(file);
        error.Message.ShouldContain(reason);
        error.File.ShouldBe(file);
        Should.Throw<FormatException>(() => SafeTensors.ReadHeader(file));
        Tensor.LiveCount.ShouldBe(before);
    }

    [Fact]
    public void WhatIsWrittenIsReadBack()
    {
        using var scope = new DisposeScope();
        var file = Path.Combine(folder, "all.safetensors");
        var tensors = Parity.Under("");
        tensors.Add("strided", Tensor.Arange(0f, 6f, 1f).Reshape(2, 3).T);
        tensors.Add("naïve \"name\"", Tensor.Ones(2).WithGrad());
        SafeTensors.Write(file, tensors, new Dictionary<string, string> { ["made"] = "heute", ["a\n"] = "ü" });
        var read = SafeTensors.Read(file, out var metadata);
        metadata.ShouldBe(new Dictionary<string, string> { ["made"] = "heute", ["a\n"] = "ü" }, ignoreOrder: true);
        read.Keys.ShouldBe(tensors.Keys, ignoreOrder: true);
        foreach (var (name, tensor) in tensors)
        {
            read[name].ShouldMatch(tensor, name, 0);
        }

        var first = File.ReadAllBytes(file);
        SafeTensors.Write(file, read, metadata);
        File.ReadAllBytes(file).ShouldBe(first);
        Directory.GetFiles(folder).ShouldBe([file]);
        foreach (var entry in SafeTensors.ReadHeader(file).Tensors.Values)
        {
            (entry.Start % entry.Dtype.Size()).ShouldBe(0);
        }
    }

    [Fact]
    public void AFileOfPythonHoldsEveryKind()
    {
        Parity.Get("kind/f64").ToArray<double>().ShouldBe([1.5, -2]);
        Parity.Get("kind/f16").ToArray<Half>().ShouldBe([(Half)1.5, (Half)(-2)]);
        Parity.Get("kind/bf16").To(ScalarType.Float32).ToArray<float>().ShouldBe([1.5f, -2]);
        Parity.Get("kind/i32").ToArray<int>().ShouldBe([1, -2]);
        Parity.Get("kind/i16").ToArray<short>().ShouldBe([1, -2]);
        Parity.Get("kind/i8").ToArray<sbyte>().ShouldBe([1, -2]);
        Parity.Get("kind/u8").ToArray<byte>().ShouldBe([1, 254]);
        Parity.Get("kind/bool").ToArray<bool>().ShouldBe([true, false]);
        Parity.Get("kind/scalar").Item().ShouldBe(3);
        Parity.Get("kind/empty").Shape.ShouldBe([0, 3]);
        SafeTensors.ReadHeader(Parity.File("parity.safetensors")).Metadata["made by"].ShouldBe("make_parity.py");
    }

    [Fact]
    public void AFailedWriteLeavesWhatWasThere()
    {
        using var scope = new DisposeScope();
        var file = Path.Combine(folder, "kept.safetensors");
        SafeTensors.Write(file, [new("a", Tensor.Ones(2))]);
        var before = File.ReadAllBytes(file);
        Should.Throw<ArgumentException>(() => SafeTensors.Write(file, [new("a", Tensor.Ones(2)), new("a", Tensor.Ones(2))]))
            .Message.ShouldContain("the name is taken");
        Should.Throw<NotSupportedException>(() => SafeTensors.Write(file, [new("c", Tensor.Zeros([2], ScalarType.ComplexFloat32))]));
        var freed = Tensor.Ones(2);
        freed.Dispose();
        Should.Throw<ObjectDisposedException>(() => SafeTensors.Write(file, [new("a", freed)]));
        Should.Throw<DirectoryNotFoundException>(() => SafeTensors.Write(Path.Combine(folder, "none", "x"), [new("a", Tensor.Ones(2))]));
        File.ReadAllBytes(file).ShouldBe(before);
        Directory.GetFiles(folder).ShouldBe([file]);
    }

    /// <summary>Whatever bytes a file has, reading ends with tensors or with the reader's own error.</summary>
    [Fact]
    public void RandomDamageNeverBreaksTheReader()
    {
        var file = Path.Combine(folder, "random.safetensors");
        var sound = Built("""{"a":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},"b":{"dtype":"U8","shape":[3],"data_offsets":[8,11]}}""", 11);
        var damage = from at in Gen.Choose(0, sound.Length - 1)
                     from value in Gen.Choose(0, 255)
                     select (at, value);
        Prop.ForAll(damage.ArrayOf().ToArbitrary(), changes =>
        {
            var bytes = (byte[])sound.Clone();
            foreach (var (at, value) in changes)
            {
                bytes[at] = (byte)value;
            }

            File.WriteAllBytes(file, bytes);
            using var scope = new DisposeScope();
            try
            {
                SafeTensors.Read(file).Count.ShouldBeLessThanOrEqualTo(2);
            }
            catch (SafeTensorsException)
            {
                // The one error a damaged file may end in.
            }
        }).QuickCheckThrowOnFailure();
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static byte[] Length(long length)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
        return bytes;
    }

    private static byte[] Built(string header, int data)
    {
        var text = Encoding.UTF8.GetBytes(header);
        return [.. Length(text.Length), .. text, .. new byte[data]];
    }

    private static byte[] One(string kind, string shape, long start, long end, int data) =>
        Built($$$"""{"a":{"dtype":"{{{kind}}}","shape":{{{shape}}},"data_offsets":[{{{start}}},{{{end}}}]}}""", data);
}
