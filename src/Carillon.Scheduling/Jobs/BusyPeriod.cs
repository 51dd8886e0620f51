using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>When a job is, or last was, occupied by an execution of its own.</summary>
/// <param name="OpenCount">How many executions are open.</param>
/// <param name="OpenSince">Since when the oldest of them has been open, or null.</param>
/// <param name="Last">The period of the one that ended last, or null.</param>
public readonly record struct BusyPeriod(int OpenCount, DateTimeOffset? OpenSince, (DateTimeOffset From, DateTimeOffset To)? Last)
{
    /// <summary>Whether an execution was open when <paramref name="occurrence"/> fell due.</summary>
    public bool Covers(DateTimeOffset occurrence)
    {
        return (OpenSince is { } since && occurrence >= since)
            || (Last is var (from, to) && occurrence >= from && occurrence < to);
    }

    /// <summary>Whether another execution may open beside those that are.</summary>
    public bool HasRoom(JobDefinition definition)
    {
        return OpenCount < definition.ConcurrencyLimit;
    }
}
