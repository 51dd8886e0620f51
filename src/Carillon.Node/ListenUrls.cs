using System.Net;
using System.Net.Sockets;
using Carillon.Hosting;

namespace Carillon.Node;

/// <summary>
/// Decides where a node listens. A port that is taken is found out before the node joins the cluster, not after.
/// </summary>
internal static class ListenUrls
{
    private const int MaxTries = 100;

    /// <summary>What a node that listens on https lacks; null when nothing.</summary>
    public static OptionsProblem? Problem(CarillonOptions options)
    {
        var needsCertificate = options.Security.Tls.Certificate is null
            && options.Node.Urls.Split(';', StringSplitOptions.TrimEntries).Any(static url => url.StartsWith("https:", StringComparison.OrdinalIgnoreCase));
        return needsCertificate
            ? new OptionsProblem("carillon.security.tls.certificate", $"carillon.security.tls.certificate is missing: carillon.node.urls '{options.Node.Urls}' is https")
            : null;
    }

    /// <summary>The URLs to listen on.</summary>
    /// <exception cref="PortInUseException">A port is taken, and no other one is wanted.</exception>
    public static string Choose(NodeOptions node)
    {
        return string.Join(';', node.Urls.Split(';', StringSplitOptions.TrimEntries).Select(url => Choose(url, node.PortSearch)));
    }

    private static string Choose(string url, bool search)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Port == 0 || Address(uri) is not { } address)
        {
            return url; // a name or a form that only the web server resolves
        }

        for (var port = uri.Port; port < Math.Min(uri.Port + (search ? MaxTries : 1), 65_536); port++)
        {
            if (IsFree(address, port))
            {
                return new UriBuilder(uri) { Port = port }.Uri.GetLeftPart(UriPartial.Authority);
            }
        }

        throw new PortInUseException(url);
    }

    private static IPAddress? Address(Uri uri)
    {
        return string.Equals(uri.Host, "localhost", StringComparison.Ordinal) ? IPAddress.Loopback : IPAddress.TryParse(uri.Host, out var address) ? address : null;
    }

    private static bool IsFree(IPAddress address, int port)
    {
        using var probe = new TcpListener(address, port);
        try
        {
            probe.Start();
            return true;
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return false;
        }
    }
}
