using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>What a job actor starts from.</summary>
/// <param name="Job">The job as recorded.</param>
/// <param name="Memory">What it remembers.</param>
/// <param name="Open">Its attempts that have not finished.</param>
internal sealed record JobStart(Job Job, JobMemory Memory, IReadOnlyList<Attempt> Open);
