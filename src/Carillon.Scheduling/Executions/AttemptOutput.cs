namespace Carillon.Scheduling;

/// <summary>What one attempt printed.</summary>
/// <param name="Attempt">From 1.</param>
/// <param name="Text">Cut in the middle to <c>history.output-limit</c>.</param>
public sealed record AttemptOutput(int Attempt, string Text);
