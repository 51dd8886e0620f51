namespace Carillon.Model;

/// <summary>Runs code registered in the host under a name: an <see cref="IJob"/> or a lambda.</summary>
public sealed record ClassRun : RunSpec
{
    /// <summary>The registered name. Required.</summary>
    public required string Class { get; init; }
}
