namespace Carillon.Metrics;

/// <summary>What one living node last told of a gauge or an up-down counter.</summary>
/// <param name="Node">The node's name.</param>
/// <param name="Value">The value; millionths unless the instrument's values are whole.</param>
public readonly record struct NodeValue(string Node, long Value);
