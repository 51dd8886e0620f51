using System.Diagnostics.CodeAnalysis;

namespace Carillon.Scheduling.Schedules;

/// <summary>
/// The occurrences of one job as a strictly increasing sequence of instants. Implementations are pure and safe to share
/// between threads.
/// </summary>
public interface ISchedule
{
    /// <summary>The first occurrence strictly after <paramref name="after"/>.</summary>
    /// <param name="after">Any instant; its offset does not matter.</param>
    /// <returns>
    /// An instant in whole microseconds with offset zero, or null when there is none, ever or before the end.
    /// </returns>
    [SuppressMessage("Naming", "CA1716", Justification = "The word of the field; no Visual Basic here.")]
    DateTimeOffset? Next(DateTimeOffset after);
}
