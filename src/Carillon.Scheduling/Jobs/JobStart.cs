using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>What a job actor starts from.</summary>
/// <param name="Job">The job as recorded.</param>
/// <param name="PlannedThrough">The last occurrence of its schedule that is recorded, or since when the schedule counts.</param>
/// <param name="Open">Its attempts that have not finished.</param>
/// <param name="Keys">Its idempotency keys that have not expired.</param>
/// <param name="LastEnd">When an attempt of it ended last, as far as that is recovered; null when it is not.</param>
internal sealed record JobStart(
    Job Job,
    DateTimeOffset PlannedThrough,
    IReadOnlyList<Attempt> Open,
    IReadOnlyList<TriggerKey> Keys,
    DateTimeOffset? LastEnd = null);
