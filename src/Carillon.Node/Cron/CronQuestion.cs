using Carillon.Model;

namespace Carillon.Node.Cron;

/// <summary>What is asked about a cron expression.</summary>
internal sealed record CronQuestion
{
    /// <summary>The expression.</summary>
    public required string Expression { get; init; }

    /// <summary>Whether it is numbered as Quartz does.</summary>
    public bool IsQuartz { get; init; }

    /// <summary>The IANA id of its zone.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>What becomes of times that the zone skips or repeats.</summary>
    public DstPolicy Dst { get; init; }

    /// <summary>The id of the job, which <c>H</c> is spread by.</summary>
    public string JobId { get; init; } = "job";

    /// <summary>How many times are told: 1 to 100.</summary>
    public int Count { get; init; } = 5;

    /// <summary>Whether the answer is JSON.</summary>
    public bool IsJson { get; init; }

    /// <summary>The same as a schedule.</summary>
    public ScheduleSpec Spec => new()
    {
        Cron = IsQuartz ? null : Expression,
        QuartzCron = IsQuartz ? Expression : null,
        TimeZone = TimeZone,
        Dst = Dst,
    };
}
