namespace Carillon.Metrics;

/// <summary>How fresh a node's share of a document is.</summary>
/// <param name="Node">The node's name.</param>
/// <param name="State">joining, up, leaving or dead.</param>
/// <param name="AgeSeconds">How old what is known about it is.</param>
public sealed record NodeAge(string Node, string State, double AgeSeconds);
