using System.Globalization;
using Carillon.Cluster;
using Carillon.Model;
using Carillon.Persistence;
using Microsoft.Extensions.Logging.Abstractions;

namespace Carillon.Benchmarks.Workers;

/// <summary>The fenced append as the product does it, with one flush in flight and nothing above it.</summary>
internal sealed class PostgresAppendWorkload : FlushWorkload
{
    private readonly PostgreSqlStore _store;
    private readonly Guid _me = Guid.NewGuid();
    private readonly string[] _jobs;
    private ShardTerm[] _terms = [];
    private long _no;

    public PostgresAppendWorkload(WorkerSpec spec, ExecutionRecorder recorder)
        : base(spec, recorder)
    {
        var options = new PostgreSqlStoreOptions { ConnectionString = spec.ConnectionString!, Incarnation = _me };
        _store = new PostgreSqlStore(options, TimeProvider.System, NullLoggerFactory.Instance);
        _jobs = [.. Enumerable.Range(0, spec.BatchSize).Select(static number => string.Create(CultureInfo.InvariantCulture, $"job-{number}"))];
    }

    public override async Task PrepareAsync()
    {
        var terms = await SoleOwner.OpenAsync(_store, _me, DateTimeOffset.UtcNow);
        _terms = [.. _jobs.Select(job => terms[ShardHash.Of(job, terms.Count)])];
    }

    public override ValueTask DisposeAsync()
    {
        return _store.DisposeAsync();
    }

    protected override async Task FlushAsync(DateTimeOffset scheduledAt, DateTimeOffset? before)
    {
        var events = new List<ShardEvent>(2 * BatchSize);
        for (var i = 0; i < BatchSize; i++)
        {
            if (before is { } ended)
            {
                events.Add(new ShardEvent(_terms[i], ++_no, scheduledAt, new FinishAttempt(new AttemptKey(_jobs[i], Of(i, ended), 1), Result(), HadStarted: true)));
            }

            events.Add(new ShardEvent(_terms[i], ++_no, scheduledAt, new PlanAttempt(Start(i, Of(i, scheduledAt)))));
        }

        await SoleOwner.AppendAsync(_store, new AppendBatch(_me, [.. _terms.Distinct()], events));
    }

    private static AttemptResult Result()
    {
        return new AttemptResult { Outcome = Outcome.Succeeded, DurationMicroseconds = 1 };
    }

    private Attempt Start(int job, DateTimeOffset scheduledAt)
    {
        return new Attempt
        {
            Key = new AttemptKey(_jobs[job], scheduledAt, 1),
            Shard = _terms[job].Shard,
            DueAt = scheduledAt,
            StartedAt = scheduledAt,
            Node = _me,
        };
    }
}
