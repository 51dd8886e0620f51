namespace Carillon.Node.Hocon;

/// <summary>What bounds the cost of reading a document, whatever it contains.</summary>
internal static class HoconLimits
{
    /// <summary>Bytes of one file.</summary>
    public const int FileBytes = 1024 * 1024;

    /// <summary>Keys and list levels around a value, as written and after substitution.</summary>
    public const int Nesting = 64;

    /// <summary>Files that include each other in a row.</summary>
    public const int IncludeDepth = 16;

    /// <summary>Files read for one document; includes that fan out would otherwise multiply.</summary>
    public const int Files = 256;

    /// <summary>Substitutions, lists and objects that wait for one another while resolving.</summary>
    public const int ResolutionDepth = 256;

    /// <summary>Values of the resolved document, counted once for each place they appear in.</summary>
    public const int Values = 1_000_000;

    /// <summary>Steps of resolving: fields visited, list elements joined, characters joined.</summary>
    public const int ResolutionSteps = 4_000_000;

    public static string ResolutionTooDeep { get; } =
        $"substitutions refer to one another through more than {ResolutionDepth} values";
}
