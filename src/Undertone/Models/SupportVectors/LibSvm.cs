using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Undertone.Models.SupportVectors;

/// <summary>
/// The bindings of libsvm (Chang &amp; Lin 2011, LIBSVM: a library for support vector machines,
/// doi:10.1145/1961189.1961199), as far as they are used. Of a model only the leading fields are read, which are the same
/// in all versions of the library since 3.0.
/// </summary>
internal static unsafe partial class LibSvm
{
    public const int Linear = 0;
    public const int RadialBasis = 2;
    public const int Precomputed = 4;

    private const string Name = "libsvm";

    // No call of the library here: what a static constructor throws comes out as a TypeInitializationException, and where the
    // library is missing its user is to read that, and how to get it.
    static LibSvm() => NativeLibraries.Enter(
        Name, "libsvm3", "libsvm.so.3", "libsvm.3.dylib", "libsvm.dylib", "/opt/homebrew/lib/libsvm.dylib", "/usr/local/lib/libsvm.dylib",
        "libsvm.dll", "svm.dll", "libsvm.so.2", "libsvm.so.4", "libsvm.so");

    /// <summary>The library's version: 324 is 3.24.</summary>
    public static int Version => Marshal.ReadInt32(NativeLibrary.GetExport(NativeLibraries.Handle(Name), "libsvm_version"));

    /// <summary>Trains without a word: the library reports its progress on standard output, which belongs to the command's answer.</summary>
    public static Model* Train(Problem* problem, Parameter* parameter)
    {
        SetPrint(&BeSilent);
        return TrainAloud(problem, parameter);
    }

    [LibraryImport(Name, EntryPoint = "svm_check_parameter")]
    public static partial nint Check(Problem* problem, Parameter* parameter);

    [LibraryImport(Name, EntryPoint = "svm_get_labels")]
    public static partial void Labels(Model* model, int* labels);

    [LibraryImport(Name, EntryPoint = "svm_get_sv_indices")]
    public static partial void SupportIndices(Model* model, int* indices);

    [LibraryImport(Name, EntryPoint = "svm_free_and_destroy_model")]
    public static partial void Free(Model** model);

    [LibraryImport(Name, EntryPoint = "svm_train")]
    private static partial Model* TrainAloud(Problem* problem, Parameter* parameter);

    [LibraryImport(Name, EntryPoint = "svm_set_print_string_function")]
    private static partial void SetPrint(delegate* unmanaged[Cdecl]<byte*, void> print);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void BeSilent(byte* text)
    {
    }

    /// <summary>The library's svm_node.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Node
    {
        public int Index;
        public double Value;
    }

    /// <summary>The library's svm_problem.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Problem
    {
        public int Count;
        public double* Labels;
        public Node** Rows;
    }

    /// <summary>The library's svm_parameter.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Parameter
    {
        public int Type;
        public int Kernel;
        public int Degree;
        public double Gamma;
        public double Offset;
        public double CacheMegabytes;
        public double Tolerance;
        public double Cost;
        public int Weights;
        public int* WeightLabels;
        public double* WeightValues;
        public double Nu;
        public double Epsilon;
        public int Shrinking;
        public int Probability;
    }

    /// <summary>The leading fields of the library's svm_model.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Model
    {
        public Parameter Parameter;
        public int Classes;
        public int SupportVectors;
        public Node** Rows;
        public double** Coefficients;
        public double* Offsets;
    }
}
