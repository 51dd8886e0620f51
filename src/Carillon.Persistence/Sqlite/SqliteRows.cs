using System.Text.Json;
using Carillon.Cluster;
using Carillon.Model;
using Carillon.Scheduling;
using Microsoft.Data.Sqlite;

namespace Carillon.Persistence;

/// <summary>Rows of <see cref="RowColumns"/> as the model's records.</summary>
internal static class SqliteRows
{
    public static ClusterInfo ReadCluster(SqliteDataReader row)
    {
        return new ClusterInfo
        {
            Name = row.GetString(0),
            ShardCount = row.GetInt32(1),
            HashVersion = row.GetInt32(2),
            Generation = new StatisticsGeneration(row.GetInt64(3), Time(row, 4)),
        };
    }

    public static NodeRow ReadNode(SqliteDataReader row)
    {
        return new NodeRow
        {
            Incarnation = Uuid(row, 0),
            Name = row.GetString(1),
            Advertise = row.GetString(2),
            Roles = JsonSerializer.Deserialize<string[]>(row.GetString(3))!,
            Status = Status(row, 4),
            Beat = row.GetInt64(5),
            LeaseUntil = Time(row, 6),
            Version = row.GetString(7),
            StartedAt = Time(row, 8),
            Classes = JsonSerializer.Deserialize<string[]>(row.GetString(9))!,
        };
    }

    public static NodeStatus Status(SqliteDataReader row, int column)
    {
        return Enum.Parse<NodeStatus>(row.GetString(column), ignoreCase: true);
    }

    public static ShardRow ReadShard(SqliteDataReader row)
    {
        return new ShardRow(row.GetInt32(0), UuidOrNull(row, 1), row.GetInt64(2))
        {
            Successor = UuidOrNull(row, 3),
            Adopted = row.GetInt32(4),
            TakenAt = TimeOrNull(row, 5),
        };
    }

    public static RecordedStretch ReadStretch(SqliteDataReader row)
    {
        var run = new OccurrenceRun(
            row.GetString(0), Time(row, 1), Time(row, 2), row.GetInt64(3), (Outcome)row.GetInt32(4), row.GetString(5));
        return new RecordedStretch(run, row.GetInt64(6));
    }

    public static Job ReadJob(SqliteDataReader row)
    {
        return new Job
        {
            Definition = StoredJob.ReadDefinition(row.GetString(1)),
            Version = row.GetInt64(2),
            Source = StoredJob.ReadSource(row.GetString(3)),
            Pause = PauseOrNull(row, 4),
            CreatedAt = Time(row, 8),
            CreatedNo = row.GetInt64(9),
            ScheduledFrom = Time(row, 10),
            SharesSeries = row.GetBoolean(11),
        };
    }

    /// <summary>The pause in four columns from <paramref name="column"/> on: reason, author, since when, until when.</summary>
    public static Pause? PauseOrNull(SqliteDataReader row, int column)
    {
        return TimeOrNull(row, column + 2) is { } at
            ? new Pause(row.GetString(column), row.GetString(column + 1), at, TimeOrNull(row, column + 3))
            : null;
    }

    public static Attempt ReadAttempt(SqliteDataReader row)
    {
        return new Attempt
        {
            Key = new AttemptKey(row.GetString(1), Time(row, 2), row.GetInt32(3)),
            Shard = row.GetInt32(0),
            Trigger = (TriggerKind)row.GetInt32(4),
            PlannedNo = row.GetInt64(5),
            StartedNo = LongOrNull(row, 6),
            FinishedNo = LongOrNull(row, 7),
            Epoch = LongOrNull(row, 8) ?? 0,
            DueAt = Time(row, 9),
            StartedAt = TimeOrNull(row, 10),
            FinishedAt = TimeOrNull(row, 11),
            Result = row.IsDBNull(13) ? null : ReadResult(row),
            Node = UuidOrNull(row, 15),
            WaitCause = (WaitCause)row.GetInt32(16),
            Payload = TextOrNull(row, 21),
            Losses = row.GetInt32(22),
            FirstStartedAt = TimeOrNull(row, 23),
            TraceParent = TextOrNull(row, 24),
        };
    }

    public static DateTimeOffset Time(SqliteDataReader row, int column)
    {
        return Instant.FromMicroseconds(row.GetInt64(column));
    }

    public static DateTimeOffset? TimeOrNull(SqliteDataReader row, int column)
    {
        return row.IsDBNull(column) ? null : Time(row, column);
    }

    public static Guid Uuid(SqliteDataReader row, int column)
    {
        return new Guid(row.GetFieldValue<byte[]>(column), bigEndian: true);
    }

    private static Guid? UuidOrNull(SqliteDataReader row, int column)
    {
        return row.IsDBNull(column) ? null : Uuid(row, column);
    }

    private static AttemptResult ReadResult(SqliteDataReader row)
    {
        return new AttemptResult
        {
            Outcome = (Outcome)row.GetInt32(13),
            Final = row.GetBoolean(14),
            DurationMicroseconds = LongOrNull(row, 12),
            Reason = TextOrNull(row, 17),
            Error = row.IsDBNull(18) ? null : new AttemptError(
                row.GetString(18), row.GetString(19), TextOrNull(row, 20)),
        };
    }

    private static long? LongOrNull(SqliteDataReader row, int column)
    {
        return row.IsDBNull(column) ? null : row.GetInt64(column);
    }

    private static string? TextOrNull(SqliteDataReader row, int column)
    {
        return row.IsDBNull(column) ? null : row.GetString(column);
    }
}
