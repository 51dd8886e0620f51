using System.Globalization;
using Carillon.Actors;
using Carillon.Hosting;
using Carillon.Model;
using Carillon.Scheduling;
using Carillon.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Carillon.Benchmarks.Workers;

/// <summary>A whole node behind a web server of its own, with no-op jobs of type class.</summary>
internal sealed class CarillonWorkload : IWorkload
{
    private const string NoopClass = "noop";
    private const string ProbeClass = "probe";
    private const string SlowClass = "slow";
    private static readonly string Secret = new('x', 32);
    private static readonly TimeSpan ProbePeriod = TimeSpan.FromMilliseconds(200);

    private readonly WorkerSpec _spec;
    private readonly ExecutionRecorder _recorder;
    private WebApplication? _app;

    public CarillonWorkload(WorkerSpec spec, ExecutionRecorder recorder)
    {
        _spec = spec;
        _recorder = recorder;
    }

    private NodeContext? Context => _app?.Services.GetRequiredService<NodeContextHolder>().Context;

    public async Task PrepareAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Warning)
            .AddConsole(static console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.WebHost.UseUrls(Address);
        builder.AddCarillon(configure: carillon => carillon
            .Configure(Configure)
            .AddClass(NoopClass, (context, _) =>
            {
                _recorder.Trace?.Start(context.JobId, context.ScheduledAt, context.Attempt);
                _recorder.Start(context.ScheduledAt);
                _recorder.End();
                return Task.CompletedTask;
            })
            .AddClass(ProbeClass, (context, _) =>
            {
                _recorder.StartProbe(context.ScheduledAt);
                return Task.CompletedTask;
            })
            .AddClass(SlowClass, async (context, cancellationToken) =>
            {
                var run = _recorder.Trace?.Start(context.JobId, context.ScheduledAt, context.Attempt) ?? 0;
                await Task.Delay(WorkerSpec.SlowTime, cancellationToken);
                _recorder.Trace?.End(run);
            }));
        _app = builder.Build();
        _app.MapCarillon();
        await _app.StartAsync();
    }

    public async Task BeginAsync(DateTimeOffset dueAt)
    {
        if (_spec.Node > 0)
        {
            return;
        }

        var node = Context!;
        var jobs = Enumerable.Range(0, _spec.Jobs).Select(number => Job(number, dueAt))
            .Concat(Enumerable.Range(0, _spec.Probes).Select(number => Probe(number, dueAt)))
            .Concat(Enumerable.Range(0, _spec.SlowJobs).Select(number => Slow(number, dueAt)));
        await Parallel.ForEachAsync(jobs, new ParallelOptions { MaxDegreeOfParallelism = 256 }, async (job, cancellationToken) =>
        {
            var reply = await node.Jobs.PutAsync(job, PutMode.Create, JobSource.Declared, cancellationToken);
            if (reply.Status != JobReplyStatus.Done)
            {
                throw new InvalidOperationException($"job '{job.Id}' could not be made: {reply.Problem}");
            }
        });
    }

    public async Task<int> CountWaitingAsync()
    {
        if (Context is not { } node)
        {
            return 0;
        }

        var state = await node.Worker.AskAsync<object, WorkerState>(static replyTo => new ReadWorker(replyTo));
        return state.Queues.Sum(static queue => queue.Length);
    }

    public async Task StopAsync()
    {
        if (_app is { } app)
        {
            _app = null;
            await app.StopAsync();
            await app.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
    }

    private string Address => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_spec.Port}");

    private void Configure(CarillonOptions options)
    {
        options.Node.Name = string.Create(CultureInfo.InvariantCulture, $"node-{_spec.Node + 1}");
        options.Node.Urls = Address;
        options.Workers.Slots = _spec.Slots;
        options.Workers.DrainTimeout = TimeSpan.FromSeconds(5);
        if (_spec.DataDirectory is { } directory)
        {
            options.Store.Provider = StoreProvider.Sqlite;
            options.Node.DataDir = directory;
        }
        else
        {
            options.Store.Provider = StoreProvider.Postgresql;
            options.Store.ConnectionString = _spec.ConnectionString;
            options.Cluster.Secret = Secret;
        }
    }

    private JobDefinition Job(int number, DateTimeOffset dueAt)
    {
        var start = _spec.IsAligned ? dueAt : dueAt + (_spec.Period * number / _spec.Jobs);
        return new JobDefinition
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"job-{number}"),
            Run = new ClassRun { Class = NoopClass },
            Overlap = _spec.Shape switch
            {
                JobShape.Exclusive => OverlapPolicy.Queue,
                JobShape.Skipping => OverlapPolicy.Skip,
                _ => OverlapPolicy.Allow,
            },
            Schedule = _spec.Shape == JobShape.Oneshot
                ? new ScheduleSpec { At = dueAt }
                : new ScheduleSpec { Every = _spec.Period, Start = start, End = dueAt + _spec.LoadTime },
        };
    }

    private JobDefinition Slow(int number, DateTimeOffset dueAt)
    {
        return new JobDefinition
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"slow-{number}"),
            Run = new ClassRun { Class = SlowClass },
            Overlap = OverlapPolicy.Skip,
            Schedule = new ScheduleSpec { Every = _spec.Period, Start = dueAt + (_spec.Period * number / _spec.SlowJobs) },
        };
    }

    private static JobDefinition Probe(int number, DateTimeOffset dueAt)
    {
        return new JobDefinition
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"probe-{number}"),
            Run = new ClassRun { Class = ProbeClass },
            Schedule = new ScheduleSpec { Every = ProbePeriod, Start = dueAt },
        };
    }
}
