namespace Carillon.Cluster;

/// <summary>What the beginning of a connection says of the lane it is for.</summary>
/// <param name="Protocol">The version of the protocol: <see cref="CurrentProtocol"/>.</param>
/// <param name="Cluster">The cluster of the sender.</param>
/// <param name="From">The sender's incarnation.</param>
/// <param name="FromName">The sender's stable name, for logs.</param>
/// <param name="To">The incarnation that is meant.</param>
/// <param name="Purpose">Which of the lanes between the two.</param>
/// <param name="Lane">Grows with each lane that the sender begins: a later one takes the place of an earlier one, and begins anew.</param>
/// <param name="First">The first number that the sender still has; every earlier one was acknowledged.</param>
public sealed record LaneHello(
    int Protocol, string Cluster, Guid From, string FromName, Guid To, LanePurpose Purpose, long Lane, long First)
{
    /// <summary>The version of the protocol that this build speaks.</summary>
    public const int CurrentProtocol = 1;
}
