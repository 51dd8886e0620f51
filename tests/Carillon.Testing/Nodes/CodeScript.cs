namespace Carillon.Testing;

/// <summary>What user code does in a scene once it has been started.</summary>
/// <param name="Duration">How long it runs.</param>
/// <param name="Problem">What it fails with at its end, or null when it succeeds.</param>
/// <param name="IsDeaf">Whether it ignores its cancellation.</param>
public sealed record CodeScript(TimeSpan Duration, string? Problem = null, bool IsDeaf = false)
{
    /// <summary>Succeeds at once.</summary>
    public static readonly CodeScript Instant = new(TimeSpan.Zero);
}
