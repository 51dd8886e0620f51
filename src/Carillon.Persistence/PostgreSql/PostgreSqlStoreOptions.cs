using System.Text.RegularExpressions;
using Npgsql;

namespace Carillon.Persistence;

/// <summary>How to reach a PostgreSQL store. Version 15 or newer.</summary>
public sealed partial record PostgreSqlStoreOptions
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

    /// <summary>How long heartbeats, claims and releases wait for a locked row. Default: 500 ms.</summary>
    internal TimeSpan LockTimeout { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The steps of the schema that this build knows.</summary>
    internal IReadOnlyList<Migration> Migrations { get; init; } = Migration.Of("PostgreSql");

    /// <summary>What is wrong with the connection string, without its text, which may hold a password; or null.</summary>
    public string? ConnectionStringProblem
    {
        get
        {
            try
            {
                return string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(ConnectionString).Host)
                    ? "names no server: begin it with Host=..."
                    : null;
            }
            catch (Exception e) when (e is ArgumentException or FormatException)
            {
                return $"is not what Npgsql reads ({e.Message}): write for example \"Host=127.0.0.1;Database=carillon;Username=carillon\"";
            }
        }
    }

    /// <summary>What is wrong with the schema's name, or null.</summary>
    public string? SchemaProblem => SchemaName().IsMatch(Schema)
        ? null
        : $"is '{Schema}', but must be 1 to 63 of a-z, 0-9 and _, not beginning with a digit";

    [GeneratedRegex(@"\A[a-z_][a-z0-9_]{0,62}\z", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex SchemaName();
}
