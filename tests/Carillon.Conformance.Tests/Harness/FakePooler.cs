using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Carillon.Conformance.Tests;

/// <summary>
/// Stands between clients and the server as a connection pooler does, in the one respect that shows: it tells clients
/// another process id than that of the session they get.
/// </summary>
[SuppressMessage("Usage", "VSTHRD003", Justification = "It starts its loop itself, and ends it.")]
public sealed class FakePooler : IAsyncDisposable
{
    private const byte KeyData = (byte)'K';
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _server;
    private readonly Task _accepting;

    /// <summary>Takes connections for the server on a port of the loopback address.</summary>
    public FakePooler(int server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var relays = new List<Task>();
        try
        {
            while (true)
            {
                relays.Add(RelayAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(relays);
        }
    }

    private async Task RelayAsync(TcpClient accepted)
    {
        using var client = accepted;
        using var server = new TcpClient();
        await server.ConnectAsync(IPAddress.Loopback, _server, _stop.Token);
        var there = client.GetStream().CopyToAsync(server.GetStream(), _stop.Token);
        var back = AnswerAsync(server.GetStream(), client.GetStream());
        await Task.WhenAny(there, back);
        client.Close();
        server.Close();
        await Task.WhenAll(there, back).ContinueWith(
            static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <summary>Messages are a kind, a length that counts itself, and as much content.</summary>
    private async Task AnswerAsync(NetworkStream server, NetworkStream client)
    {
        var head = new byte[5];
        var isKeyData = false;
        while (!isKeyData)
        {
            await server.ReadExactlyAsync(head, _stop.Token);
            var content = new byte[BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(1)) - sizeof(int)];
            await server.ReadExactlyAsync(content, _stop.Token);
            isKeyData = head[0] == KeyData;
            if (isKeyData)
            {
                BinaryPrimitives.WriteInt32BigEndian(content, BinaryPrimitives.ReadInt32BigEndian(content) + 1);
            }

            await client.WriteAsync(head, _stop.Token);
            await client.WriteAsync(content, _stop.Token);
        }

        await server.CopyToAsync(client, _stop.Token);
    }
}
