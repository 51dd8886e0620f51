namespace Carillon.Model;

/// <summary>What made an occurrence.</summary>
public enum TriggerKind
{
    /// <summary>The job's schedule.</summary>
    Schedule = 0,

    /// <summary>A person or program asked for it.</summary>
    Manual = 1,
}
