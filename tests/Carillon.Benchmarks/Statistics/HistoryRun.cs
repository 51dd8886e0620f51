using System.Diagnostics;
using System.Globalization;
using Carillon.Benchmarks.Results;
using Carillon.Benchmarks.Workers;
using Carillon.Cluster;
using Carillon.Model;
using Carillon.Persistence;
using Carillon.Scheduling;
using Npgsql;

namespace Carillon.Benchmarks.Statistics;

/// <summary>Fills a PostgreSQL store with the executions of many days, and asks it what people ask.</summary>
internal sealed class HistoryRun
{
    private const int Jobs = 1_000;
    private const int OneFailsOf = 50;
    private const int WarmUp = 10;
    private const int Reads = 100;

    /// <summary>A connection tells what it has read when it was told last more than a second ago.</summary>
    private static readonly TimeSpan UntilCounted = TimeSpan.FromSeconds(2);

    private readonly INodeStore _store;
    private readonly string _connectionString;
    private readonly Guid _me;
    private readonly int _rounds;
    private readonly DateTimeOffset _from;
    private readonly DateTimeOffset _until;
    private readonly (string Name, Func<int, Task<int>> Ask)[] _questions;

    /// <summary>Plans the run.</summary>
    /// <param name="store">The store, empty.</param>
    /// <param name="connectionString">Its database.</param>
    /// <param name="me">The incarnation with which the store was made.</param>
    /// <param name="executions">How many; 1,000 jobs share them.</param>
    /// <param name="days">Over how many days, until now.</param>
    public HistoryRun(INodeStore store, string connectionString, Guid me, int executions, int days)
    {
        _store = store;
        _connectionString = connectionString;
        _me = me;
        _rounds = executions / Jobs;
        _until = new DateTimeOffset(DateTimeOffset.UtcNow.UtcTicks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);
        _from = _until.AddDays(-days);
        var (begin, end) = (_until.AddDays(-2), _until.AddDays(-1));
        _questions =
        [
            ("newest 50", _ => CountAsync(new ExecutionQuery())),
            ("newest 50 of one job", n => CountAsync(new ExecutionQuery { JobId = Name(n) })),
            ("50 of one job on one day", n => CountAsync(new ExecutionQuery { JobId = Name(n), From = begin, To = end })),
            ("newest 50 that failed", _ => CountAsync(new ExecutionQuery { Status = ExecutionStatus.Failed })),
            ("newest 50 of one job that failed", n => CountAsync(new ExecutionQuery { JobId = Name(n), Status = ExecutionStatus.Failed })),
            ("errors of one day by kind", async _ => (await _store.ListErrorsAsync(new ErrorQuery(begin, end), CancellationToken.None)).Groups.Count),
            ("one execution by its id", FindAsync),
        ];
    }

    /// <summary>Records all executions in the order of time: each starts, and ends with the flush in which the next of its job starts.</summary>
    public async Task FillAsync()
    {
        var terms = await SoleOwner.OpenAsync(_store, _me, _from);
        var no = 0L;
        for (var round = 0; round <= _rounds; round++)
        {
            var at = At(round);
            var events = new List<ShardEvent>(2 * Jobs);
            for (var job = 0; job < Jobs; job++)
            {
                var term = terms[ShardHash.Of(Name(job), terms.Count)];
                if (round > 0)
                {
                    events.Add(new ShardEvent(term, ++no, At(round - 1).AddSeconds(1), new FinishAttempt(Key(job, round - 1), Result(job, round), HadStarted: true)));
                }

                if (round < _rounds)
                {
                    var attempt = new Attempt { Key = Key(job, round), Shard = term.Shard, DueAt = Key(job, round).ScheduledAt, StartedAt = at, Node = _me };
                    events.Add(new ShardEvent(term, ++no, at, new PlanAttempt(attempt)));
                }
            }

            await SoleOwner.AppendAsync(_store, new AppendBatch(_me, [.. terms.Values], events));
        }
    }

    /// <summary>Asks each question of one job after the other, and once more to see which partitions it reads.</summary>
    public async Task<Run> MeasureAsync()
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (name, ask) in _questions)
        {
            for (var read = 0; read < WarmUp; read++)
            {
                await ask(read);
            }

            var milliseconds = new double[Reads];
            for (var read = 0; read < Reads; read++)
            {
                var begun = Stopwatch.GetTimestamp();
                var found = await ask(read);
                milliseconds[read] = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
                if (found == 0)
                {
                    throw new InvalidOperationException($"nothing was found: {name}");
                }
            }

            Array.Sort(milliseconds);
            values[$"{name}: {Measures.ReadP50}"] = milliseconds[Reads / 2];
            values[$"{name}: {Measures.ReadMax}"] = milliseconds[^1];
            values[$"{name}: {Measures.PartitionsRead}"] = await CountPartitionsAsync(ask);
        }

        return new Run(values);
    }

    private async Task<int> CountAsync(ExecutionQuery query)
    {
        return (await _store.ListExecutionsAsync(query, CancellationToken.None)).Items.Count;
    }

    private async Task<int> FindAsync(int number)
    {
        var key = Key(number % Jobs, _rounds / 2);
        return await _store.FindExecutionAsync(key.ExecutionId, CancellationToken.None) is null ? 0 : 1;
    }

    /// <summary>How many partitions were scanned, by what the server counts of each.</summary>
    private async Task<int> CountPartitionsAsync(Func<int, Task<int>> ask)
    {
        await Task.Delay(UntilCounted);
        var before = await ScansAsync();
        await ask(Reads);
        await Task.Delay(UntilCounted);
        return (await ScansAsync()).Count(partition => partition.Value > before[partition.Key]);
    }

    private async Task<Dictionary<string, long>> ScansAsync()
    {
        await using var connection = new NpgsqlConnection(_connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "SELECT relname, seq_scan + coalesce(idx_scan, 0) FROM pg_stat_user_tables WHERE relname LIKE 'execution\\_p%'", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var scans = new Dictionary<string, long>(StringComparer.Ordinal);
        while (await reader.ReadAsync())
        {
            scans.Add(reader.GetString(0), reader.GetInt64(1));
        }

        return scans;
    }

    private DateTimeOffset At(int round)
    {
        return _from + ((_until - _from) / _rounds * round);
    }

    private AttemptKey Key(int job, int round)
    {
        return new AttemptKey(Name(job), new DateTimeOffset(At(round).UtcTicks / 10 * 10, TimeSpan.Zero), 1);
    }

    private static string Name(int job)
    {
        return string.Create(CultureInfo.InvariantCulture, $"billing-invoice-{job % Jobs:D6}");
    }

    private static AttemptResult Result(int job, int round)
    {
        return (job + round) % OneFailsOf == 0
            ? new AttemptResult
            {
                Outcome = Outcome.Failed,
                Final = true,
                DurationMicroseconds = 1_000,
                Error = new AttemptError("System.TimeoutException", string.Create(CultureInfo.InvariantCulture, $"no answer in {job % 5} s"), null),
            }
            : new AttemptResult { Outcome = Outcome.Succeeded, Final = true, DurationMicroseconds = 1_000 };
    }
}
