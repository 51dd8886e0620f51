namespace Carillon.Persistence;

/// <summary>Where an embedded store keeps its data.</summary>
public sealed record SqliteStoreOptions
{
    /// <summary>The database file, on a local disk; made when missing, with its directory. Required.</summary>
    public required string Path { get; init; }

    /// <summary>Statements that take this long are logged. Default: 1 s.</summary>
    public TimeSpan SlowQuery { get; init; } = TimeSpan.FromSeconds(1);
}
