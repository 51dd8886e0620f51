namespace Carillon.Scheduling;

/// <summary>
/// Tells a job to take no further step, and to answer with <see cref="JobDrained"/> when nothing of it is on its way to
/// the store: another node goes on with it. What code of it runs goes on.
/// </summary>
internal sealed record YieldJob
{
    public static readonly YieldJob Instance = new();
}
