using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>When a job is, or was, occupied by executions of its own.</summary>
/// <param name="OpenCount">How many executions are open.</param>
/// <param name="OpenSince">Since when the oldest of them has been open, or null.</param>
/// <param name="Past">The periods of those that have ended, as far back as there is something undecided; or null.</param>
/// <param name="NewestDueAt">The due time of the newest that is open and due, or null.</param>
/// <param name="LastEnd">When the last one ended, or null when that is not known.</param>
public readonly record struct BusyPeriod(
    int OpenCount,
    DateTimeOffset? OpenSince = null,
    IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)>? Past = null,
    DateTimeOffset? NewestDueAt = null,
    DateTimeOffset? LastEnd = null)
{
    /// <summary>
    /// The first instant after <paramref name="occurrence"/> at which the execution that was open when it fell due was
    /// not: the greatest instant while it still is. Null when none was open.
    /// </summary>
    public DateTimeOffset? FreeAfter(DateTimeOffset occurrence)
    {
        if (OpenSince <= occurrence)
        {
            return DateTimeOffset.MaxValue;
        }

        for (var i = 0; i < Past?.Count; i++)
        {
            if (occurrence >= Past[i].From && occurrence < Past[i].To)
            {
                return Past[i].To;
            }
        }

        return null;
    }

    /// <summary>The first instant after <paramref name="instant"/> at which an execution began, or null.</summary>
    public DateTimeOffset? NextBegin(DateTimeOffset instant)
    {
        var next = OpenSince > instant ? OpenSince : null;
        for (var i = 0; i < Past?.Count; i++)
        {
            if (Past[i].From > instant && !(next < Past[i].From))
            {
                next = Past[i].From;
            }
        }

        return next;
    }

    /// <summary>Whether another execution may open beside those that are.</summary>
    public bool HasRoom(JobDefinition definition)
    {
        return OpenCount < definition.ConcurrencyLimit;
    }
}
