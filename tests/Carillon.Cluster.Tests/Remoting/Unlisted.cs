namespace Carillon.Cluster.Tests.Remoting;

/// <summary>In no list.</summary>
public sealed record Unlisted(int Number);
