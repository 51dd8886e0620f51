namespace Carillon.Web;

/// <summary>The body of a cancellation.</summary>
/// <param name="Reason">1 to 1,000 characters; recorded with the outcome. Optional.</param>
internal sealed record CancelRequest(string? Reason = null);
