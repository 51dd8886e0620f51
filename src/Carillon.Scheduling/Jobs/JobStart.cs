using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>What the scheduling of a job starts from.</summary>
/// <param name="Job">The job as recorded.</param>
/// <param name="Memory">What is recorded of its past; null for nothing, which is <see cref="JobMemory.Of"/>.</param>
/// <param name="Open">Its attempts that have not finished.</param>
internal sealed record JobStart(Job Job, JobMemory? Memory, IReadOnlyList<Attempt> Open);
