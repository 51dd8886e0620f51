using System.Net;
using System.Net.Sockets;

namespace Carillon.Testing;

/// <summary>Ports for servers that a test starts.</summary>
public static class LoopbackPort
{
    /// <summary>A port of the loopback address that nobody listens on.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
