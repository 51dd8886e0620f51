using System.Data;
using System.Text;
using Carillon.Cluster;
using Npgsql;

namespace Carillon.Persistence;

/// <summary>
/// The fenced append: one statement per flush, which commits by itself. It locks the rows of the terms that are current
/// in the way that a take-over must wait for, and writes only what belongs to those.
/// </summary>
internal sealed class PostgreSqlAppend(
    PostgreSqlConnections connections, PostgreSqlPartitions partitions, StatementWatch watch) : IAsyncDisposable
{
    private const int MaxStatements = 256;
    private static readonly IReadOnlySet<int> NoShards = new HashSet<int>();

    private readonly WriterThread _thread = new("carillon-pg-writer");
    private readonly AppendRows _rows = new();
    private readonly Dictionary<string, NpgsqlCommand> _statements = new(StringComparer.Ordinal);
    private NpgsqlConnection? _connection;

    public Task<IReadOnlySet<int>> AppendAsync(AppendBatch batch)
    {
        return _thread.RunInlineAsync(() => watch.Run("append", () => Append(batch)));
    }

    public async ValueTask DisposeAsync()
    {
        await _thread.DisposeAsync();
        Disconnect();
    }

    private IReadOnlySet<int> Append(AppendBatch batch)
    {
        try
        {
            if (!_rows.Fill(batch))
            {
                ForgetStatements();
            }

            return Execute(batch.Owner);
        }
        catch (OverflowException e)
        {
            throw new AppendRejectedException("a shard or attempt number is out of range", e);
        }
        catch (PostgresException e) when (MissesPartition(e))
        {
            // The failed statement wrote nothing, so this is its first run, not a repetition.
            partitions.Add(_connection!, batch.Events);
            return Reject(() => Execute(batch.Owner));
        }
        catch (PostgresException e) when (IsDataError(e))
        {
            throw Rejection(e);
        }
        catch (Exception e) when (_connection?.FullState != ConnectionState.Open)
        {
            StoreLog.ConnectionLost(watch.Log, "writer", e.Message);
            Disconnect();
            throw;
        }
    }

    private static IReadOnlySet<int> Reject(Func<IReadOnlySet<int>> execute)
    {
        try
        {
            return execute();
        }
        catch (PostgresException e) when (IsDataError(e))
        {
            throw Rejection(e);
        }
    }

    private static AppendRejectedException Rejection(PostgresException e)
    {
        return new AppendRejectedException(
            $"the store refused a value: {e.SqlState} {e.MessageText} {e.Detail}".TrimEnd(), e);
    }

    private static bool IsDataError(PostgresException e)
    {
        return e.SqlState.StartsWith("22", StringComparison.Ordinal) || e.SqlState.StartsWith(
            "23", StringComparison.Ordinal);
    }

    private static bool MissesPartition(PostgresException e)
    {
        return e.SqlState is PostgresErrorCodes.UndefinedTable
            || (e.SqlState is PostgresErrorCodes.CheckViolation && string.IsNullOrEmpty(e.ConstraintName));
    }

    private IReadOnlySet<int> Execute(Guid owner)
    {
        var command = Statement();
        ((NpgsqlParameter<Guid>)command.Parameters[0]).TypedValue = owner;
        using var reader = command.ExecuteReader();
        if (!reader.Read())
        {
            return NoShards;
        }

        var fenced = new HashSet<int>();
        do
        {
            fenced.Add(reader.GetInt16(0));
        }
        while (reader.Read());

        return fenced;
    }

    /// <summary>The prepared statement for the parts that have rows.</summary>
    private NpgsqlCommand Statement()
    {
        _connection ??= connections.OpenWriter();
        var parts = _rows.Parts.ToArray();
        var shape = string.Join(',', parts.Select(part => part.Name));
        if (_statements.TryGetValue(shape, out var command))
        {
            return command;
        }

        if (_statements.Count == MaxStatements)
        {
            ForgetStatements();
        }

        command = Compose(parts);
        try
        {
            command.Prepare();
            _statements.Add(shape, command);
            return command;
        }
        catch
        {
            command.Dispose();
            throw;
        }
    }

    private NpgsqlCommand Compose(IEnumerable<AppendPart> parts)
    {
        var command = new NpgsqlCommand { Connection = _connection };
        command.Parameters.Add(new NpgsqlParameter<Guid>());
        var terms = Unnest(command, "t", _rows.Terms);
        var sql = new StringBuilder($"""
            WITH term AS (
              SELECT s.id FROM shard s JOIN {terms} ON s.id = t.id
              WHERE s.owner = $1 AND s.epoch = t.epoch ORDER BY s.id FOR NO KEY UPDATE OF s)
            """);
        foreach (var part in parts)
        {
            sql.Append(",\n").Append(part.Sql(Unnest(command, "v", part.Columns)));
        }

        sql.Append("\nSELECT t.id FROM unnest($2) t(id) WHERE t.id NOT IN (SELECT id FROM term)");
        command.CommandText = sql.ToString();
        return command;
    }

    private static string Unnest(NpgsqlCommand command, string alias, IReadOnlyList<Column> columns)
    {
        var arrays = new List<string>(columns.Count);
        foreach (var column in columns)
        {
            command.Parameters.Add(column.CreateParameter());
            arrays.Add($"${command.Parameters.Count}::{column.SqlType}[]");
        }

        var names = string.Join(", ", columns.Select(column => column.Name));
        return $"unnest({string.Join(", ", arrays)}) {alias}({names})";
    }

    private void ForgetStatements()
    {
        foreach (var command in _statements.Values)
        {
            if (_connection is not null)
            {
                command.Unprepare();
            }

            command.Dispose();
        }

        _statements.Clear();
    }

    private void Disconnect()
    {
        var connection = _connection;
        _connection = null;
        ForgetStatements();
        connection?.Dispose();
    }
}
