namespace Carillon.Persistence;

/// <summary>How to reach a PostgreSQL store. Version 15 or newer.</summary>
public sealed record PostgreSqlStoreOptions
{
    /// <summary>
    /// An Npgsql connection string. Required. Pool sizes, timeouts and the application name are set by the store.
    /// </summary>
    public required string ConnectionString { get; init; }

    /// <summary>
    /// The schema that holds the tables. Default: <c>carillon</c>; lower-case letters, digits and <c>_</c>, at most 63.
    /// </summary>
    public string Schema { get; init; } = "carillon";

    /// <summary>
    /// The node's incarnation: the application name of every session, by which other nodes see that it lives. Required.
    /// </summary>
    public required Guid Incarnation { get; init; }

    /// <summary>Statements that take this long are logged. Default: 1 s.</summary>
    public TimeSpan SlowQuery { get; init; } = TimeSpan.FromSeconds(1);
}
