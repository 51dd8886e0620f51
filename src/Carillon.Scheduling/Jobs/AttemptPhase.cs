namespace Carillon.Scheduling;

/// <summary>Where an open attempt stands in the memory of its <see cref="JobActor"/>.</summary>
public enum AttemptPhase
{
    /// <summary>
    /// Its row waits for its due time, or for room beside other executions of the job; or its start is recorded, but no
    /// worker has it.
    /// </summary>
    Waiting,

    /// <summary>A slot has been asked for.</summary>
    Queued,

    /// <summary>The append of its start is in flight.</summary>
    Starting,

    /// <summary>Its start is committed; a worker has it, or another node's worker had it and may still.</summary>
    Running,

    /// <summary>The append of its end is in flight.</summary>
    Ending,
}
