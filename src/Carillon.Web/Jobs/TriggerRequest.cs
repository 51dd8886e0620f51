namespace Carillon.Web;

/// <summary>The body of a trigger. Everything may be missing.</summary>
/// <param name="Payload">JSON for this run in place of the job's own; at most 64 KiB.</param>
/// <param name="IdempotencyKey">
/// 1 to 200 characters: within 24 hours a second trigger with it answers with the first one's execution.
/// </param>
internal sealed record TriggerRequest(RawJson? Payload, string? IdempotencyKey);
