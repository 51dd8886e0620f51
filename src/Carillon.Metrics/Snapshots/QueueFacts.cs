namespace Carillon.Metrics;

/// <summary>How one queue stands, on one node or in the whole cluster.</summary>
/// <param name="Name">The queue.</param>
/// <param name="Length">How many attempts wait for a slot.</param>
/// <param name="Oldest">How long the one that waits longest has waited; zero when none waits.</param>
public sealed record QueueFacts(string Name, long Length, TimeSpan Oldest);
