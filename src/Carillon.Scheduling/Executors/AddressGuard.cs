using System.Net;
using System.Net.Sockets;

namespace Carillon.Scheduling;

/// <summary>
/// Keeps HTTP jobs away from the addresses where clouds answer with credentials: the link-local ones, and the few that
/// lie elsewhere. It looks at the address that a name leads to, at the moment of connecting.
/// </summary>
public static class AddressGuard
{
    private static readonly IPAddress[] MetadataServices =
    [
        IPAddress.Parse("fd00:ec2::254"), // AWS
        IPAddress.Parse("100.100.100.200"), // Alibaba Cloud
        IPAddress.Parse("168.63.129.16"), // Azure
        IPAddress.Parse("192.0.0.192"), // Oracle Cloud
    ];

    /// <summary>Makes the client of HTTP jobs: guarded, without redirects, cookies or proxies.</summary>
    /// <param name="allowLinkLocal">Whether the guard is off.</param>
    public static HttpMessageInvoker CreateClient(bool allowLinkLocal)
    {
        SocketsHttpHandler? handler = new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectCallback = (context, cancellationToken) => ConnectAsync(context.DnsEndPoint, allowLinkLocal, cancellationToken),
        };
        try
        {
            var client = new HttpMessageInvoker(handler, disposeHandler: true);
            handler = null;
            return client;
        }
        finally
        {
            handler?.Dispose();
        }
    }

    /// <summary>Whether <paramref name="address"/> is link-local or a metadata service's.</summary>
    public static bool IsRefused(IPAddress address)
    {
        var plain = Embedded(address) ?? address;
        return plain.IsIPv6LinkLocal
            || (plain.AddressFamily == AddressFamily.InterNetwork && plain.GetAddressBytes() is [169, 254, ..])
            || MetadataServices.Contains(plain);
    }

    /// <summary>The IPv4 address that an IPv6 address stands for, or is translated to on the way; or null.</summary>
    private static IPAddress? Embedded(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return null;
        }

        ReadOnlySpan<byte> bytes = address.GetAddressBytes();
        var isMapped = address.IsIPv4MappedToIPv6;
        var isTranslated = bytes.StartsWith<byte>([0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]); // NAT64
        var isCompatible = bytes.StartsWith(new byte[12]) && !address.Equals(IPAddress.IPv6Loopback);
        return isMapped || isTranslated || isCompatible ? new IPAddress(bytes[12..])
            : bytes.StartsWith<byte>([0x20, 0x02]) ? new IPAddress(bytes[2..6]) // 6to4
            : null;
    }

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint target, bool allowLinkLocal, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(target.Host, cancellationToken);
        var allowed = allowLinkLocal ? addresses : Array.FindAll(addresses, a => !IsRefused(a));
        if (allowed.Length == 0)
        {
            throw new HttpRequestException($"'{target.Host}' leads to link-local or metadata addresses only, which HTTP jobs may not reach");
        }

        return new NetworkStream(await ConnectAsync(allowed, target.Port, cancellationToken), ownsSocket: true);
    }

    private static async Task<Socket> ConnectAsync(IPAddress[] addresses, int port, CancellationToken cancellationToken)
    {
        Socket? socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken);
            var connected = socket;
            socket = null;
            return connected;
        }
        finally
        {
            socket?.Dispose();
        }
    }
}
