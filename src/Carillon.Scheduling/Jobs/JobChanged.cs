using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>A job's word to its shard that a change of it is committed. Sent before the change is answered.</summary>
/// <param name="Job">The job as it now is.</param>
internal sealed record JobChanged(Job Job);
