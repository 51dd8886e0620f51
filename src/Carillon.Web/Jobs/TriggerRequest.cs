namespace Carillon.Web;

/// <summary>The body of a trigger. Everything may be missing.</summary>
/// <param name="Payload">JSON for this run in place of the job's own; at most 64 KiB.</param>
/// <param name="IdempotencyKey">
/// 1 to 200 characters: within 24 hours a second trigger with it answers with the first one's execution.
/// </param>
/// <param name="Delay">How long to wait, 0 to 365 days; not together with <paramref name="At"/>.</param>
/// <param name="At">When to run, at most 365 days ahead; an instant that has passed means now.</param>
internal sealed record TriggerRequest(
    RawJson? Payload = null, string? IdempotencyKey = null, TimeSpan? Delay = null, DateTimeOffset? At = null);
