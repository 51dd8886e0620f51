using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Net.WebSockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Carillon.Cluster;

namespace Carillon.Web;

/// <summary>Reaches other nodes by WebSockets at their <c>advertise</c> URL.</summary>
public sealed class PeerNetwork : ILaneNetwork, IDisposable
{
    /// <summary>Where the lanes are, below the base URL of a node.</summary>
    internal const string Path = "/peers/v1";

    /// <summary>How often an idle connection is tried, and how long the other end may take to answer.</summary>
    internal static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(10);

    private const int NonceLength = 16;

    private readonly PeerOptions _options;
    private readonly Func<int, byte[]> _randomBytes;
    private readonly HttpMessageInvoker _http;

    /// <summary>Makes a way to other nodes.</summary>
    /// <param name="options">How nodes prove themselves.</param>
    /// <param name="randomBytes">Gives as many unpredictable bytes as asked for.</param>
    [SuppressMessage("Reliability", "CA2000", Justification = "The invoker owns the handler.")]
    public PeerNetwork(PeerOptions options, Func<int, byte[]> randomBytes)
    {
        _options = options;
        _randomBytes = randomBytes;
        _http = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false, UseCookies = false, SslOptions = Trust(options.Authorities) });
    }

    /// <inheritdoc/>
    [SuppressMessage("Reliability", "CA2000", Justification = "The connection owns the socket.")]
    public async Task<ILaneConnection> ConnectAsync(NodeRow node, LaneHello hello, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(node);
        var address = AddressOf(node.Advertise);
        if (_options.Secret is null && !Loopback.IsLoopback(address.Host))
        {
            throw new AuthenticationException($"'{node.Advertise}' is another machine: that needs carillon.cluster.secret");
        }

        var greeting = new PeerGreeting(hello, Base64Url.EncodeToString(_randomBytes(NonceLength))).ToString();
        var socket = new ClientWebSocket();
        try
        {
            socket.Options.KeepAliveInterval = KeepAlive;
            socket.Options.KeepAliveTimeout = KeepAlive;
            socket.Options.CollectHttpResponseDetails = true;
            socket.Options.SetRequestHeader(PeerGreeting.Header, greeting);
            if (_options.Secret is { } secret)
            {
                socket.Options.SetRequestHeader(PeerGreeting.ProofHeader, PeerProof.OfGreeting(secret, greeting));
            }

            await socket.ConnectAsync(address, _http, cancellationToken);
            CheckAnswer(socket, node, greeting);
            return new PeerConnection(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
    }

    internal static Uri AddressOf(string advertise)
    {
        var address = new UriBuilder(advertise.TrimEnd('/') + Path);
        address.Scheme = address.Scheme.Equals(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase) ? Uri.UriSchemeWss : Uri.UriSchemeWs;
        return address.Uri;
    }

    private void CheckAnswer(ClientWebSocket socket, NodeRow node, string greeting)
    {
        if (_options.Secret is not { } secret)
        {
            return;
        }

        var proof = socket.HttpResponseHeaders?.GetValueOrDefault(PeerGreeting.ProofHeader)?.SingleOrDefault();
        if (!PeerProof.Matches(PeerProof.OfAnswer(secret, greeting), proof))
        {
            throw new AuthenticationException($"what answers at '{node.Advertise}' does not know the secret of this cluster");
        }
    }

    private static SslClientAuthenticationOptions Trust(X509Certificate2Collection? authorities)
    {
        var options = new SslClientAuthenticationOptions();
        if (authorities is not null)
        {
            options.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(authorities);
        }

        return options;
    }
}
