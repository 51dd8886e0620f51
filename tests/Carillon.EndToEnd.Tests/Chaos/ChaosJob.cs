namespace Carillon.EndToEnd.Tests.Chaos;

/// <summary>A job that calls the ground truth at a fixed rate.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Url">What it calls.</param>
/// <param name="Start">Its first occurrence; the others follow at the interval.</param>
/// <param name="Interval">The time from one occurrence to the next; null for a job that runs when it is triggered.</param>
internal sealed record ChaosJob(string Id, string Url, DateTimeOffset Start, TimeSpan? Interval)
{
    public bool IsAtMostOnce { get; init; }

    public string Overlap { get; init; } = "skip";

    public string Queue { get; init; } = "default";

    public int Retries { get; init; }

    /// <summary>As the API takes it.</summary>
    public object Document => new
    {
        Id,
        Queue,
        Overlap,
        Guarantee = IsAtMostOnce ? "at_most_once" : "at_least_once",
        Schedule = Interval is { } interval ? new { Every = $"{interval.TotalMilliseconds}ms", Start } : null,
        Retry = new { Attempts = Retries, Strategy = "fixed", WaitMin = "200ms" },
        Run = new { Type = "http", Url },
    };
}
