using System.Text.Json.Serialization;

namespace Carillon.Model;

/// <summary>
/// When a job is due. Exactly one of <see cref="Cron"/>, <see cref="QuartzCron"/>, <see cref="Rrule"/>,
/// <see cref="Every"/> and <see cref="At"/> is set, or none: the job then runs only when triggered.
/// </summary>
/// <remarks>
/// A plain value: nothing is checked here. Occurrences are whole microseconds, so a finer instant loses its
/// hundreds of nanoseconds.
/// </remarks>
public sealed record ScheduleSpec
{
    /// <summary>
    /// A cron expression numbered as crontab(5): minute, hour, day of month, month, day of week (0–7, Sunday is 0 and
    /// 7), optionally preceded by seconds, or a macro such as <c>@daily</c>. Null: not a cron schedule.
    /// </summary>
    public string? Cron { get; init; }

    /// <summary>
    /// A cron expression numbered as Quartz does: seconds, minutes, hours, day of month, month, day of week (1–7,
    /// Sunday is 1) and optionally the year (1970–2199). Exactly one of the day fields is <c>?</c>. Null: not
    /// such a schedule.
    /// </summary>
    public string? QuartzCron { get; init; }

    /// <summary>
    /// A recurrence rule of RFC 5545, <c>FREQ=MONTHLY;BYDAY=-1FR</c>, of at most 1,000 characters, with or without
    /// <c>RRULE:</c>. Its DTSTART is <see cref="Start"/> or, without one, the creation of the job, read on the wall clock of
    /// <see cref="TimeZone"/>. Null: not such a schedule.
    /// </summary>
    public string? Rrule { get; init; }

    /// <summary>
    /// The period of a schedule at a fixed rate, or with a fixed delay; 1 ms to 400 days. Null: not such a schedule.
    /// </summary>
    public TimeSpan? Every { get; init; }

    /// <summary>What <see cref="Every"/> is counted from. Default: the occurrence before, a fixed rate.</summary>
    public EveryFrom EveryFrom { get; init; }

    /// <summary>
    /// The instant of the only occurrence, inside <see cref="Start"/> and <see cref="End"/>. Null: not a one-off.
    /// </summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The IANA id of the zone whose wall clock a cron expression or a rule is read on. Default: UTC.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>
    /// What happens to wall-clock times that the zone skips or repeats. Default: <see cref="DstPolicy.Shift"/>.
    /// </summary>
    public DstPolicy Dst { get; init; } = DstPolicy.Shift;

    /// <summary>
    /// No occurrence is before this instant; one may be exactly at it. It is also the phase of <see cref="Every"/>.
    /// Null: no lower bound.
    /// </summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>
    /// No occurrence is at or after this instant; later than <see cref="Start"/>. Null: no upper bound.
    /// </summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>
    /// Each occurrence is moved later by a stable amount of at least zero and less than this. 0 to 1 day, and less than
    /// <see cref="Every"/>. Default: zero.
    /// </summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>
    /// Names of calendars; an occurrence inside one of them does not exist. Default: none.
    /// </summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Whether each occurrence waits for the end of the execution before it.</summary>
    [JsonIgnore]
    public bool FollowsEnd => Every is not null && EveryFrom == EveryFrom.End;

    private (string?, string?, string?, TimeSpan?, EveryFrom, DateTimeOffset?, string, DstPolicy) When =>
        (Cron, QuartzCron, Rrule, Every, EveryFrom, At, TimeZone, Dst);

    /// <summary>Whether both say the same, list for list.</summary>
    public bool Equals(ScheduleSpec? other) =>
        other is not null
        && When == other.When
        && (Start, End, Jitter) == (other.Start, other.End, other.Jitter)
        && Exclude.SequenceEqual(other.Exclude, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(When, Start, End, Jitter, Exclude.Count);
}
