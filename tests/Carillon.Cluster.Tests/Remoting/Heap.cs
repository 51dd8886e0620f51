namespace Carillon.Cluster.Tests.Remoting;

/// <summary>A large message of the tests.</summary>
public sealed record Heap(int Number, string Text = "");
