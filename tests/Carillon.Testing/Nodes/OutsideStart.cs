using Carillon.Model;

namespace Carillon.Testing;

/// <summary>One start of user code: what the world outside saw of an attempt.</summary>
/// <param name="Key">The attempt, as told to the code.</param>
/// <param name="Node">The incarnation of the node.</param>
/// <param name="At">When, by the store's clock.</param>
/// <param name="FencingToken">As told to the code.</param>
/// <param name="Payload">As told to the code.</param>
public sealed record OutsideStart(AttemptKey Key, Guid Node, DateTimeOffset At, long FencingToken, string? Payload);
