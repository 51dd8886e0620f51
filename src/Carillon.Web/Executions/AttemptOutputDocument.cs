namespace Carillon.Web;

/// <summary>What one attempt printed.</summary>
/// <param name="Attempt">From 1.</param>
/// <param name="IsComplete">Whether the attempt has ended; while it runs, more may come.</param>
/// <param name="Text">Cut in the middle to <c>history.output-limit</c>.</param>
internal sealed record AttemptOutputDocument(int Attempt, bool IsComplete, string Text);
