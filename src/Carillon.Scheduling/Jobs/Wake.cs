namespace Carillon.Scheduling;

/// <summary>Tells a job that the time of its wish has come.</summary>
internal sealed record Wake
{
    public static readonly Wake Instance = new();
}
