using Carillon.Actors;
using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>A job as its shard holds it. Only a job that is at work, or soon will be, has an actor.</summary>
internal sealed class ScheduledJob(Job job, JobMemory? memory)
{
    private long _wakeTicks; // 0 for none

    public Job Job { get; set; } = job;

    /// <summary>What it remembers at rest; null for <see cref="JobMemory.Of"/>, which a job that never ran need not keep.</summary>
    public JobMemory? Memory { get; set; } = memory;

    /// <summary>Its actor, or null at rest.</summary>
    public IActorRef<object>? Actor { get; set; }

    /// <summary>How many messages its shard has sent to its actor.</summary>
    public int Sent { get; set; }

    /// <summary>When it is to be woken, or null; ticks, because there may be a million.</summary>
    public DateTimeOffset? WakeAt
    {
        get => Instant.OfTicks(_wakeTicks);
        set => _wakeTicks = Instant.TicksOf(value);
    }

    /// <summary>Whether its schedule runs at all.</summary>
    public bool CanRun => Job.Definition.Enabled && Job.Pause is null;

    /// <summary>The first occurrence that has not been decided about, or null.</summary>
    public DateTimeOffset? NextUndecided(SchedulingContext context)
    {
        var plannedThrough = Memory?.PlannedThrough ?? Job.ScheduledFrom;
        return context.ScheduleOf(Job).Next(OccurrencePlanner.CountsFrom(Job, plannedThrough, Memory?.LastEnd));
    }

    /// <summary>When an actor that it does not have yet would have something to do, or null.</summary>
    public DateTimeOffset? FirstWake(DateTimeOffset? nextUndecided)
    {
        return Job.Pause?.Until is { } until && !(nextUndecided < until) ? until : nextUndecided;
    }

    public void Tell(object message)
    {
        Sent++;
        Actor!.Tell(message);
    }
}
