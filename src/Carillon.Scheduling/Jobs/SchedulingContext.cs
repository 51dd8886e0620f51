using Carillon.Actors;
using Carillon.Cluster;
using Carillon.Model;
using Carillon.Scheduling.Calendars;
using Carillon.Scheduling.Schedules;

namespace Carillon.Scheduling;

/// <summary>What the job actors of a node share.</summary>
/// <param name="Node">This incarnation.</param>
/// <param name="Worker">The worker of this node.</param>
/// <param name="Gate">Whether something new may start.</param>
/// <param name="Directory">Which incarnations live.</param>
/// <param name="Pause">Whether the whole scheduler is paused.</param>
/// <param name="Remote">The workers of other nodes.</param>
public sealed record SchedulingContext(
    Guid Node, IActorRef<object> Worker, IStartGate Gate, NodeDirectory Directory, PauseView Pause, IRemoteActors Remote)
{
    /// <summary>The workers of all nodes that live.</summary>
    public IEnumerable<IActorRef<object>> Workers =>
        Directory.Living.Where(node => node != Node).Select(WorkerOf).Prepend(Worker);

    /// <summary>The calendars that schedules may name. Default: none.</summary>
    public CalendarSet Calendars { get; init; } = CalendarSet.Empty;

    /// <summary>Which new jobs have series of their own. Default: all.</summary>
    public SeriesBudget Series { get; init; } = new(int.MaxValue, shardCount: 1);

    /// <summary>The schedule of a recorded job.</summary>
    public ISchedule ScheduleOf(Job job) =>
        ScheduleFactory.Restore(job.Definition.Schedule, job.Id, job.CreatedAt, Calendars);

    /// <summary>The worker of a node.</summary>
    public IActorRef<object> WorkerOf(Guid node) => node == Node ? Worker : Remote.Find(node, RemoteNames.Worker);

    /// <summary>Whether a node can be spoken to: it is this one, or not known to be dead.</summary>
    public bool Lives(Guid node) => node == Node || Directory.Lives(node);
}
