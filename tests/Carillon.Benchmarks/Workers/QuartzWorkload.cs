using System.Globalization;
using Npgsql;
using Quartz;

namespace Carillon.Benchmarks.Workers;

/// <summary>
/// A clustered Quartz.NET scheduler, tuned as its users would: a pool of 50, and automatic preparation in Npgsql.
/// </summary>
internal sealed class QuartzWorkload(WorkerSpec spec, ExecutionRecorder recorder) : IWorkload
{
    private const string Tuning = ";Max Auto Prepare=200;Auto Prepare Min Usages=2;No Reset On Close=true";
    private const int PoolSize = 50;
    private static readonly TimeSpan WriteBehind = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ProbePeriod = TimeSpan.FromMilliseconds(200);

    /// <summary>Jobs are loaded with this time and moved by SQL, because loading takes longer than a start can be foreseen.</summary>
    private static readonly DateTimeOffset FarAway = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private IScheduler? _scheduler;

    public async Task PrepareAsync()
    {
        _scheduler = await QuartzSchedulerBuilder.Create(quartz =>
        {
            quartz.ConfigureScheduler(static options =>
            {
                options.InstanceName = "benchmark";
                options.GenerateInstanceId = true;
            });
            quartz.UseDefaultThreadPool(PoolSize);
            quartz.UsePersistentStore(Configure);
            quartz.AddJobListener(new QuartzListener(recorder));
            quartz.ConfigureOptions<ExecutionHistoryOptions>(static history =>
            {
                history.WriteBehindInterval = WriteBehind;
                history.MaxEntriesPerScheduler = int.MaxValue; // every row stays countable, and none has to be deleted
            });
        }).BuildScheduler();
        _scheduler.Context[QuartzJob.RecorderKey] = recorder;
        if (spec.Node == 0)
        {
            await LoadAsync();
        }
    }

    public async Task BeginAsync(DateTimeOffset dueAt)
    {
        if (spec.Node == 0)
        {
            await MoveAsync(dueAt);
        }

        await _scheduler!.Start();
    }

    public Task<int> CountWaitingAsync()
    {
        return Task.FromResult(0);
    }

    public async Task StopAsync()
    {
        await _scheduler!.Shutdown(waitForJobsToComplete: true);
    }

    public ValueTask DisposeAsync()
    {
        return ValueTask.CompletedTask;
    }

    private async Task MoveAsync(DateTimeOffset dueAt)
    {
        await using var connection = new NpgsqlConnection(spec.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            UPDATE qrtz_triggers SET start_time = start_time + $1, next_fire_time = next_fire_time + $1,
              end_time = CASE WHEN end_time > 0 THEN end_time + $1 ELSE end_time END
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = dueAt.UtcTicks - FarAway.UtcTicks });
        await command.ExecuteNonQueryAsync();
    }

    private void Configure(IPersistentStoreBuilder store)
    {
        store.UsePostgres(NpgsqlFactory.Instance, spec.ConnectionString + Tuning);
        store.UseClustering();
        store.ProvisionSchema();
        if (spec.KeepsHistory)
        {
            store.UseExecutionHistory();
        }
    }

    private async Task LoadAsync()
    {
        var jobs = new Dictionary<IJobDetail, IReadOnlyCollection<ITrigger>>();
        for (var number = 0; number < spec.Jobs; number++)
        {
            var start = spec.IsAligned ? FarAway : FarAway + (spec.Period * number / spec.Jobs);
            var (job, trigger) = spec.Shape switch
            {
                JobShape.Oneshot => Make<QuartzJob>("job", number, FarAway, period: null, loadTime: null),
                JobShape.Exclusive => Make<QuartzExclusiveJob>("job", number, start, spec.Period, spec.LoadTime),
                _ => Make<QuartzJob>("job", number, start, spec.Period, spec.LoadTime),
            };
            jobs.Add(job, [trigger]);
        }

        for (var number = 0; number < spec.Probes; number++)
        {
            var (job, trigger) = Make<QuartzProbe>("probe", number, FarAway, ProbePeriod, loadTime: null);
            jobs.Add(job, [trigger]);
        }

        for (var number = 0; number < spec.SlowJobs; number++)
        {
            var start = FarAway + (spec.Period * number / spec.SlowJobs);
            var (job, trigger) = Make<QuartzSlowJob>("slow", number, start, spec.Period, loadTime: null);
            jobs.Add(job, [trigger]);
        }

        await _scheduler!.ScheduleJobs(jobs);
    }

    private static (IJobDetail Job, ITrigger Trigger) Make<TJob>(
        string group, int number, DateTimeOffset start, TimeSpan? period, TimeSpan? loadTime)
        where TJob : IJob
    {
        var name = number.ToString(CultureInfo.InvariantCulture);
        var trigger = TriggerBuilder.Create().WithIdentity(name, group).StartAt(start);
        if (period is { } every)
        {
            trigger.WithSimpleSchedule(schedule => schedule.WithInterval(every).RepeatForever());
        }

        if (loadTime is { } time)
        {
            trigger.EndAt(FarAway + time);
        }

        var job = JobBuilder.Create<TJob>().WithIdentity(name, group).RequestRecovery(typeof(TJob) == typeof(QuartzSlowJob));
        return (job.Build(), trigger.Build());
    }
}
