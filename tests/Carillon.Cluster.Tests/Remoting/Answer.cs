namespace Carillon.Cluster.Tests.Remoting;

/// <summary>Its answer.</summary>
public sealed record Answer(string Text);
