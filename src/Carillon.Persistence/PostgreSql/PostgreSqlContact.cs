using System.Globalization;
using System.Net.Sockets;
using Npgsql;

namespace Carillon.Persistence;

/// <summary>The first contact with the server: what goes wrong there, people can mend, so it is said in their words.</summary>
internal sealed class PostgreSqlContact
{
    private const string Setting = "carillon.store.connection-string";
    private readonly NpgsqlConnectionStringBuilder _target;

    public PostgreSqlContact(string connectionString)
    {
        _target = new NpgsqlConnectionStringBuilder(connectionString);
    }

    private string Server => string.Create(CultureInfo.InvariantCulture, $"PostgreSQL at {_target.Host}:{_target.Port}");

    private string User => _target.Username ?? Environment.UserName;

    private string Database => _target.Database ?? User;

    /// <summary>Runs what speaks to the server first.</summary>
    /// <exception cref="StoreUnreachableException">The server cannot be reached, or refuses.</exception>
    public async Task RunAsync(Func<Task> contact)
    {
        try
        {
            await contact();
        }
        catch (Exception e) when (e is NpgsqlException or SocketException or TimeoutException)
        {
            throw new StoreUnreachableException(Sentence(e), e);
        }
    }

    private string Sentence(Exception error)
    {
        return error is PostgresException refusal ? Refusal(refusal)
            : $"{Server} cannot be reached ({Reason(error)}): start it, or correct Host and Port in {Setting}";
    }

    private string Refusal(PostgresException refusal)
    {
        return refusal.SqlState switch
        {
            PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
                $"{Server} refuses user '{User}' ({refusal.MessageText}): correct Username and Password in {Setting}",
            PostgresErrorCodes.InvalidCatalogName =>
                $"{Server} has no database '{Database}': make it with CREATE DATABASE, or correct Database in {Setting}",
            PostgresErrorCodes.InsufficientPrivilege =>
                $"user '{User}' may not do what the node needs in database '{Database}' ({refusal.MessageText}): "
                + $"GRANT CREATE ON DATABASE \"{Database}\" TO \"{User}\", or use another user",
            PostgresErrorCodes.TooManyConnections =>
                $"{Server} takes no more connections ({refusal.MessageText}): raise max_connections, or stop other clients",
            PostgresErrorCodes.CannotConnectNow =>
                $"{Server} does not take connections yet ({refusal.MessageText}): start the node again when it does",
            PostgresErrorCodes.DiskFull =>
                $"{Server} has no space left ({refusal.MessageText}): free some on its disk and start the node again",
            _ => $"{Server} refuses what the node needs ({refusal.SqlState}: {refusal.MessageText})",
        };
    }

    private static string Reason(Exception error)
    {
        return error switch
        {
            SocketException socket => socket.Message,
            { InnerException: SocketException socket } => socket.Message,
            TimeoutException or { InnerException: TimeoutException } => "no answer in time",
            _ => error.Message,
        };
    }
}
