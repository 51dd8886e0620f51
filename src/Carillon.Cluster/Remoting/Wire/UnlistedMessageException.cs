namespace Carillon.Cluster;

/// <summary>A message is in no <see cref="WireList"/>.</summary>
internal sealed class UnlistedMessageException(Type type) : Exception($"{type} is in no list of messages that may travel.");
