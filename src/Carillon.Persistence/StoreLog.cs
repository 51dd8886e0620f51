using Microsoft.Extensions.Logging;

namespace Carillon.Persistence;

/// <summary>What the stores log.</summary>
internal static partial class StoreLog
{
    [LoggerMessage(
        1,
        LogLevel.Warning,
        "Slow {Operation}: {Milliseconds} ms, {Statements} statements, {Rows} rows; the slowest, {SlowestMilliseconds} ms: {Statement}")]
    public static partial void SlowOperation(
        ILogger log, string operation, long milliseconds, int statements, long? rows, long slowestMilliseconds, string? statement);

    [LoggerMessage(2, LogLevel.Information, "Schema migrated to version {Version}")]
    public static partial void Migrated(ILogger log, int version);

    [LoggerMessage(3, LogLevel.Information, "Partition {Partition} added")]
    public static partial void PartitionAdded(ILogger log, string partition);

    [LoggerMessage(4, LogLevel.Information, "Partition {Partition} dropped: its history has expired")]
    public static partial void PartitionDropped(ILogger log, string partition);

    [LoggerMessage(5, LogLevel.Warning, "Lost the connection of the {Role}: {Error}")]
    public static partial void ConnectionLost(ILogger log, string role, string error);

    [LoggerMessage(6, LogLevel.Information, "Ended {Count} database sessions of the dead incarnation {Incarnation}")]
    public static partial void SessionsEnded(ILogger log, long count, Guid incarnation);

    [LoggerMessage(7, LogLevel.Debug, "Partitions are ready through {Partition}")]
    public static partial void PartitionsReady(ILogger log, string partition);
}
