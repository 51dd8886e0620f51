using System.Globalization;
using Carillon.Actors;
using Carillon.Hosting;
using Carillon.Metrics;
using Carillon.Model;
using Carillon.Scheduling;
using Carillon.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Carillon.Benchmarks.Workers;

/// <summary>A whole node with no-op jobs of type class.</summary>
internal sealed class CarillonWorkload : IWorkload
{
    private const string NoopClass = "noop";
    private const string ProbeClass = "probe";
    private static readonly TimeSpan ProbePeriod = TimeSpan.FromMilliseconds(200);

    private readonly WorkerSpec _spec;
    private readonly ServiceProvider _services;
    private readonly CarillonNode _node;
    private NodeContext? _context;

    public CarillonWorkload(WorkerSpec spec, ExecutionRecorder recorder)
    {
        _spec = spec;
        _services = new ServiceCollection()
            .AddLogging(log => log.SetMinimumLevel(LogLevel.Warning).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace))
            .BuildServiceProvider();
        var classes = new JobClasses();
        classes.Add(NoopClass, (context, _) =>
        {
            recorder.Start(context.ScheduledAt);
            recorder.End();
            return Task.CompletedTask;
        });
        classes.Add(ProbeClass, (context, _) =>
        {
            recorder.StartProbe(context.ScheduledAt);
            return Task.CompletedTask;
        });
        _node = new CarillonNode(
            Options(spec),
            new NodeIdentity(Guid.NewGuid(), "benchmark", "http://127.0.0.1:1"),
            classes,
            new OperationRecorder(new OperationRecorderOptions(), TimeProvider.System),
            _services.GetRequiredService<IServiceScopeFactory>(),
            _services.GetRequiredService<ILoggerFactory>());
    }

    public async Task PrepareAsync()
    {
        _context = await _node.StartAsync([], CancellationToken.None);
    }

    public async Task BeginAsync(DateTimeOffset dueAt)
    {
        var jobs = Enumerable.Range(0, _spec.Jobs).Select(number => Job(number, dueAt))
            .Concat(Enumerable.Range(0, _spec.Probes).Select(number => Probe(number, dueAt)));
        await Parallel.ForEachAsync(jobs, new ParallelOptions { MaxDegreeOfParallelism = 256 }, async (job, cancellationToken) =>
        {
            var reply = await _context!.Jobs.PutAsync(job, PutMode.Create, JobSource.Declared, cancellationToken);
            if (reply.Status != JobReplyStatus.Done)
            {
                throw new InvalidOperationException($"job '{job.Id}' could not be made: {reply.Problem}");
            }
        });
    }

    public async Task<int> CountWaitingAsync()
    {
        if (_context is null)
        {
            return 0;
        }

        var state = await _context.Worker.AskAsync<object, WorkerState>(static replyTo => new ReadWorker(replyTo));
        return state.Queues.Sum(static queue => queue.Length);
    }

    public Task StopAsync()
    {
        _context = null;
        return _node.StopAsync("the benchmark is over");
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        await _services.DisposeAsync();
    }

    private static CarillonOptions Options(WorkerSpec spec)
    {
        var options = new CarillonOptions();
        options.Workers.Slots = spec.Slots;
        options.Workers.DrainTimeout = TimeSpan.FromSeconds(5);
        if (spec.DataDirectory is { } directory)
        {
            options.Store.Provider = StoreProvider.Sqlite;
            options.Node.DataDir = directory;
        }
        else
        {
            options.Store.Provider = StoreProvider.Postgresql;
            options.Store.ConnectionString = spec.ConnectionString;
        }

        return options;
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
