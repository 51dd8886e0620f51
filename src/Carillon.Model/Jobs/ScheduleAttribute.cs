namespace Carillon.Model;

/// <summary>
/// Makes a job of an <see cref="IJob"/> class, or of a method. A method may be static; it returns nothing, a
/// <see cref="Task"/> or a <see cref="ValueTask"/>, and takes a <see cref="JobContext"/>, a
/// <see cref="CancellationToken"/> and services of the host, in any order.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, Inherited = false)]
public abstract class ScheduleAttribute : Attribute
{
    private protected ScheduleAttribute()
    {
    }

    /// <summary>
    /// The job's id. Default: the class name in kebab case, <c>NightlyReport</c> is <c>nightly-report</c>; for a method
    /// the class, a dot, and the method without <c>Async</c>: <c>Reports.CleanUpAsync</c> is <c>reports.clean-up</c>.
    /// </summary>
    public string? Id { get; set; }

    /// <summary>The group it belongs to. Default: none.</summary>
    public string? Category { get; set; }

    /// <summary>Who answers for it. Default: none.</summary>
    public string? Owner { get; set; }

    /// <summary>The schedule that it stands for.</summary>
    /// <exception cref="FormatException">What was written is no such schedule; the message says what is.</exception>
    public abstract ScheduleSpec ToSchedule();
}
