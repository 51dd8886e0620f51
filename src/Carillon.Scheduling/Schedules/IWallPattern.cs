namespace Carillon.Scheduling.Schedules;

/// <summary>Wall-clock times in whole seconds, without a zone. Implementations are pure.</summary>
internal interface IWallPattern
{
    /// <summary>The first of them at or after a wall-clock time, or null when a bounded search finds none.</summary>
    DateTime? AtOrAfter(DateTime wall);
}
