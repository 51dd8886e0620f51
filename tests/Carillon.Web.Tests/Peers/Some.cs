using Carillon.Cluster;

namespace Carillon.Web.Tests.Peers;

/// <summary>Greetings of the tests.</summary>
internal static class Some
{
    public static LaneHello HelloTo(NodeRow node)
    {
        return new LaneHello(LaneHello.CurrentProtocol, "test", new Guid(1, 2, 3, new byte[8]), "someone", node.Incarnation, LanePurpose.Control, 1, 1);
    }
}
