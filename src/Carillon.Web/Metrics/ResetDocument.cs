namespace Carillon.Web;

/// <summary>A reset of the statistics.</summary>
/// <param name="Generation">The generation that it began; each reset begins the next one.</param>
/// <param name="Since">Since when the statistics count.</param>
internal sealed record ResetDocument(long Generation, DateTimeOffset Since);
