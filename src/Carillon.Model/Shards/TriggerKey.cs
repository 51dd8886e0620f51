namespace Carillon.Model;

/// <summary>A used idempotency key: a second trigger of the job with it answers with the first one's execution.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Key">The caller's key, 1 to 200 characters.</param>
/// <param name="ScheduledAt">The occurrence that the first trigger made.</param>
/// <param name="ExpiresAt">When the key may be forgotten.</param>
public sealed record TriggerKey(string JobId, string Key, DateTimeOffset ScheduledAt, DateTimeOffset ExpiresAt);
