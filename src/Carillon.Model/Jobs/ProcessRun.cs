namespace Carillon.Model;

/// <summary>Starts one process per attempt; exit code 0 is success.</summary>
public sealed record ProcessRun : RunSpec
{
    /// <summary>The program: a path, or a name that is looked up in PATH. No shell reads it. Required.</summary>
    public required string Command { get; init; }

    /// <summary>Its arguments, each handed over as it is. Default: none.</summary>
    public IReadOnlyList<string> Args { get; init; } = [];

    /// <summary>
    /// Environment variables beside those of the node. A value <c>${?NAME}</c> is taken from the worker's environment.
    /// Default: none.
    /// </summary>
    public IReadOnlyDictionary<string, string> Env { get; init; } =
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The working directory. Default: the node's.</summary>
    public string? Directory { get; init; }
}
