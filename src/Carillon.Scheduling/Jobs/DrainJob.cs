namespace Carillon.Scheduling;

/// <summary>Tells a job to answer with <see cref="JobDrained"/> when nothing of it is on its way any more.</summary>
internal sealed record DrainJob
{
    public static readonly DrainJob Instance = new();
}
