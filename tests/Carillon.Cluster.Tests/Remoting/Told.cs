namespace Carillon.Cluster.Tests.Remoting;

/// <summary>A message of the tests.</summary>
public sealed record Told(int Number, string Text = "");
