namespace Carillon.Web;

/// <summary>What became of one job of a bulk request.</summary>
/// <param name="Id">The job; null when a definition does not even tell it.</param>
/// <param name="Code">The HTTP status that the job alone would have been answered with.</param>
/// <param name="Message">What was wrong, or null.</param>
/// <param name="ExecutionId">For trigger: the execution.</param>
internal sealed record BulkItem(string? Id, int Code, string? Message = null, Guid? ExecutionId = null);
