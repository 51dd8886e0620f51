using System.Net;
using Microsoft.AspNetCore.Http;

namespace Carillon.Web;

/// <summary>What belongs to this machine alone.</summary>
internal static class Loopback
{
    /// <summary>Whether an address is loopback.</summary>
    public static bool IsLoopback(IPAddress address)
    {
        return IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
    }

    /// <summary>Whether a host, as it stands in a URL, is <c>localhost</c> or a loopback address.</summary>
    public static bool IsLoopback(string host)
    {
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IsLoopback(address));
    }

    /// <summary>Whether other machines can reach a server that listens there.</summary>
    /// <param name="url">As in <c>node.urls</c>; a socket file or a pipe is this machine's own.</param>
    /// <exception cref="FormatException">It is not such a URL.</exception>
    public static bool IsBeyond(string url)
    {
        var address = BindingAddress.Parse(url);
        return !address.IsUnixPipe && !address.IsNamedPipe && !IsLoopback(address.Host);
    }

    /// <summary>Whether a request comes from this machine itself, and not through a proxy on it.</summary>
    public static bool IsFromThisMachine(HttpContext http)
    {
        return http.Connection.RemoteIpAddress is { } address
            && IsLoopback(address)
            && IsLoopback(http.Request.Host.Host)
            && !http.Request.Headers.Any(static header => IsForwarding(header.Key));
    }

    private static bool IsForwarding(string header)
    {
        return header.Equals("Forwarded", StringComparison.OrdinalIgnoreCase)
            || header.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase);
    }
}
