using Carillon.Cluster;
using Carillon.Model;
using Carillon.Scheduling;
using Npgsql;
using NpgsqlTypes;

namespace Carillon.Persistence;

/// <summary>Rows of <see cref="RowColumns"/> as the model's records.</summary>
internal static class PostgreSqlRows
{
    /// <summary>An array parameter with its type: an empty array tells Npgsql nothing.</summary>
    public static NpgsqlParameter Array<T>(T[] values, NpgsqlDbType elementType)
    {
        return new NpgsqlParameter<T[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | elementType };
    }

    /// <summary>Runs a command, and tells the operation under way how many rows it read.</summary>
    public static async Task<List<T>> ReadAllAsync<T>(
        NpgsqlCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        StatementNotes.Current?.AddRows(rows.Count);
        return rows;
    }

    public static ClusterInfo ReadCluster(NpgsqlDataReader row)
    {
        return new ClusterInfo
        {
            Name = row.GetString(0),
            ShardCount = row.GetInt32(1),
            HashVersion = row.GetInt32(2),
            Generation = new StatisticsGeneration(row.GetInt64(3), row.GetFieldValue<DateTimeOffset>(4)),
        };
    }

    public static NodeRow ReadNode(NpgsqlDataReader row)
    {
        return new NodeRow
        {
            Incarnation = row.GetGuid(0),
            Name = row.GetString(1),
            Advertise = row.GetString(2),
            Roles = row.GetFieldValue<string[]>(3),
            Status = Status(row, 4),
            Beat = row.GetInt64(5),
            LeaseUntil = row.GetFieldValue<DateTimeOffset>(6),
            Version = row.GetString(7),
            StartedAt = row.GetFieldValue<DateTimeOffset>(8),
            Classes = row.GetFieldValue<string[]>(9),
        };
    }

    public static NodeStatus Status(NpgsqlDataReader row, int column)
    {
        return Enum.Parse<NodeStatus>(row.GetString(column), ignoreCase: true);
    }

    public static ShardRow ReadShard(NpgsqlDataReader row)
    {
        return new ShardRow(row.GetInt16(0), UuidOrNull(row, 1), row.GetInt64(2))
        {
            Successor = UuidOrNull(row, 3),
            Adopted = row.GetInt32(4),
            TakenAt = TimeOrNull(row, 5),
        };
    }

    public static Attempt ReadAttempt(NpgsqlDataReader row)
    {
        return new Attempt
        {
            Key = new AttemptKey(row.GetString(1), row.GetFieldValue<DateTimeOffset>(2), row.GetInt16(3)),
            Shard = row.GetInt16(0),
            Trigger = (TriggerKind)row.GetInt16(4),
            PlannedNo = row.GetInt64(5),
            StartedNo = row.IsDBNull(6) ? null : row.GetInt64(6),
            FinishedNo = row.IsDBNull(7) ? null : row.GetInt64(7),
            Epoch = row.IsDBNull(8) ? 0 : row.GetInt64(8),
            DueAt = row.GetFieldValue<DateTimeOffset>(9),
            StartedAt = TimeOrNull(row, 10),
            FinishedAt = TimeOrNull(row, 11),
            Result = row.IsDBNull(13) ? null : ReadResult(row),
            Node = UuidOrNull(row, 15),
            WaitCause = (WaitCause)row.GetInt16(16),
            Payload = TextOrNull(row, 21),
            Losses = row.GetInt16(22),
            FirstStartedAt = TimeOrNull(row, 23),
            TraceParent = TextOrNull(row, 24),
        };
    }

    public static RecordedStretch ReadStretch(NpgsqlDataReader row)
    {
        var run = new OccurrenceRun(
            row.GetString(0),
            row.GetFieldValue<DateTimeOffset>(1),
            row.GetFieldValue<DateTimeOffset>(2),
            row.GetInt64(3),
            (Outcome)row.GetInt16(4),
            row.GetString(5));
        return new RecordedStretch(run, row.GetInt64(6));
    }

    public static Job ReadJob(NpgsqlDataReader row)
    {
        return new Job
        {
            Definition = StoredJob.ReadDefinition(row.GetString(1)),
            Version = row.GetInt64(2),
            Source = StoredJob.ReadSource(row.GetString(3)),
            Pause = PauseOrNull(row, 4),
            CreatedAt = row.GetFieldValue<DateTimeOffset>(8),
            CreatedNo = row.GetInt64(9),
            ScheduledFrom = row.GetFieldValue<DateTimeOffset>(10),
            SharesSeries = row.GetBoolean(11),
        };
    }

    /// <summary>The pause in four columns from <paramref name="column"/> on: reason, author, since when, until when.</summary>
    public static Pause? PauseOrNull(NpgsqlDataReader row, int column)
    {
        return TimeOrNull(row, column + 2) is { } at
            ? new Pause(row.GetString(column), row.GetString(column + 1), at, TimeOrNull(row, column + 3))
            : null;
    }

    public static DateTimeOffset? TimeOrNull(NpgsqlDataReader row, int column)
    {
        return row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
    }

    private static Guid? UuidOrNull(NpgsqlDataReader row, int column)
    {
        return row.IsDBNull(column) ? null : row.GetGuid(column);
    }

    private static AttemptResult ReadResult(NpgsqlDataReader row)
    {
        return new AttemptResult
        {
            Outcome = (Outcome)row.GetInt16(13),
            Final = row.GetBoolean(14),
            DurationMicroseconds = row.IsDBNull(12) ? null : row.GetInt64(12),
            Reason = TextOrNull(row, 17),
            Error = row.IsDBNull(18) ? null : new AttemptError(
                row.GetString(18), row.GetString(19), TextOrNull(row, 20)),
        };
    }

    private static string? TextOrNull(NpgsqlDataReader row, int column)
    {
        return row.IsDBNull(column) ? null : row.GetString(column);
    }
}
