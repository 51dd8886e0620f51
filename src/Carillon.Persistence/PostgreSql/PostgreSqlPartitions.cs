using System.Globalization;
using Carillon.Model;
using Npgsql;

namespace Carillon.Persistence;

/// <summary>
/// Adds the day partitions of <c>execution</c>. A table is made and then attached: CREATE … PARTITION OF would wait
/// behind readers and hold up every insert meanwhile. There is no default partition, which every attach had to scan.
/// </summary>
internal sealed class PostgreSqlPartitions(PostgreSqlConnections connections, StatementWatch watch)
{
    private const int DaysAhead = 3;

    /// <summary>
    /// Percent of a page that starts may fill; the ends of the same attempts take the rest. So an end touches no other page,
    /// and new rows do not go where a vacuum has freed space: that made the writer a sixth slower after each vacuum, and
    /// the BRIN index needs rows that lie in the order of time.
    /// </summary>
    private const int FilledByStarts = 45;

    private DateTime _preparedThrough;

    /// <summary>Makes sure of today's partition and those of the next three days.</summary>
    public async Task PrepareAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var today = now.UtcDateTime.Date;
        if (today.AddDays(DaysAhead) <= _preparedThrough)
        {
            return;
        }

        await using var connection = await connections.Maintenance.OpenConnectionAsync(cancellationToken);
        for (var days = 0; days <= DaysAhead; days++)
        {
            await using var command = new NpgsqlCommand(Sql(today.AddDays(days)), connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        _preparedThrough = today.AddDays(DaysAhead);
        StoreLog.PartitionsReady(watch.Log, PartitionName.Of(_preparedThrough));
    }

    /// <summary>Adds the partitions that the attempts of a batch lie in, on this thread.</summary>
    public void Add(NpgsqlConnection connection, IEnumerable<ShardEvent> events)
    {
        foreach (var day in events.Select(shardEvent => DayOf(shardEvent.Write)).OfType<DateTime>().Distinct())
        {
            using var command = new NpgsqlCommand(Sql(day), connection);
            command.ExecuteNonQuery();
            StoreLog.PartitionAdded(watch.Log, PartitionName.Of(day));
        }
    }

    private static DateTime? DayOf(ShardWrite write)
    {
        return write switch
        {
            PlanAttempt plan => plan.Attempt.Key.ScheduledAt.UtcDateTime.Date,
            StartAttempt start => start.Key.ScheduledAt.UtcDateTime.Date,
            FinishAttempt finish => finish.Key.ScheduledAt.UtcDateTime.Date,
            _ => null,
        };
    }

    /// <summary>
    /// Attaches the partition of <paramref name="day"/> unless it is; a table that a removal left behind returns with
    /// its rows.
    /// </summary>
    private string Sql(DateTime day)
    {
        var name = PartitionName.Of(day);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            DO $$
            DECLARE pending boolean;
            BEGIN
              PERFORM pg_advisory_xact_lock(hashtextextended('carillon.partition.{connections.Schema}', 0));
              SELECT inhdetachpending INTO pending FROM pg_inherits
                WHERE inhparent = 'execution'::regclass AND inhrelid = to_regclass('{name}');
              IF pending IS FALSE THEN
                RETURN;
              END IF;
              IF pending THEN
                ALTER TABLE execution DETACH PARTITION {name} FINALIZE;
              ELSIF to_regclass('{name}') IS NULL THEN
                CREATE TABLE {name} (LIKE execution INCLUDING ALL) WITH (fillfactor = {FilledByStarts});
              END IF;
              ALTER TABLE execution ATTACH PARTITION {name}
                FOR VALUES FROM ('{day:yyyy-MM-dd} 00:00:00+00') TO ('{day.AddDays(1):yyyy-MM-dd} 00:00:00+00');
            END $$
            """);
    }
}
