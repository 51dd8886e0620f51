using System.Net.WebSockets;
using Carillon.Cluster;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Carillon.Web;

/// <summary>
/// Where other nodes connect. Tokens and the policy of a host are not asked for: who knows the secret of the cluster is
/// a node of it.
/// </summary>
internal static class PeerEndpoint
{
    /// <summary>Maps the endpoint with all it needs, so that an app has nothing to add to its own pipeline.</summary>
    public static void Map(IEndpointRouteBuilder root)
    {
        var pipeline = root.CreateApplicationBuilder();
        pipeline.UseWebSockets(new WebSocketOptions { KeepAliveInterval = PeerNetwork.KeepAlive, KeepAliveTimeout = PeerNetwork.KeepAlive });
        pipeline.Run(AcceptAsync);
        root.MapMethods(PeerNetwork.Path, [HttpMethods.Get], pipeline.Build())
            .WithMetadata(new EndpointAccess(Role: null, NeedsNode: false), new AllowAnonymousAttribute())
            .ExcludeFromDescription();
    }

    private static async Task AcceptAsync(HttpContext http)
    {
        if (!http.WebSockets.IsWebSocketRequest)
        {
            http.Response.Headers.Upgrade = "websocket";
            throw new RequestException(StatusCodes.Status426UpgradeRequired, "this is for nodes of the cluster, by WebSocket");
        }

        var holder = http.RequestServices.GetRequiredService<NodeContextHolder>();
        if (holder.Peers is not { } peers)
        {
            throw new NodeStartingException();
        }

        var text = http.Request.Headers[PeerGreeting.Header] is [{ } only] ? only : null;
        if (!PeerGreeting.TryParse(text, out var greeting))
        {
            throw RequestException.Bad($"the header {PeerGreeting.Header} is missing, or is not the greeting of a node");
        }

        Admit(http, holder.PeerOptions, text!);
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        using var connection = new PeerConnection(socket);
        await FollowAsync(peers, greeting.Hello, connection);
    }

    private static async Task FollowAsync(RemoteActors peers, LaneHello hello, PeerConnection connection)
    {
        try
        {
            await peers.AcceptAsync(hello, connection);
        }
        catch (Exception error) when (error is WebSocketException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The connection broke before the lane had it: the other end tries again.
        }
    }

    private static void Admit(HttpContext http, PeerOptions options, string greeting)
    {
        if (http.Request.Headers.Origin.Count > 0)
        {
            throw new RequestException(StatusCodes.Status403Forbidden, "pages do not connect here");
        }

        if (options.Secret is not { } secret)
        {
            if (!Loopback.IsFromThisMachine(http))
            {
                throw new RequestException(StatusCodes.Status403Forbidden, "without carillon.cluster.secret only nodes of this machine are let in");
            }

            return;
        }

        var proof = http.Request.Headers[PeerGreeting.ProofHeader] is [{ } only] ? only : null;
        if (!PeerProof.Matches(PeerProof.OfGreeting(secret, greeting), proof))
        {
            throw new RequestException(StatusCodes.Status403Forbidden, $"the header {PeerGreeting.ProofHeader} does not show the secret of this cluster");
        }

        http.Response.Headers[PeerGreeting.ProofHeader] = PeerProof.OfAnswer(secret, greeting);
    }
}
