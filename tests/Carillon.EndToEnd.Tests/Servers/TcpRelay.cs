using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Carillon.EndToEnd.Tests.Servers;

/// <summary>A way to a port of this machine that can be cut, as a network is: in silence, or with a reset.</summary>
[SuppressMessage("Usage", "VSTHRD003", Justification = "Whoever carries bytes waits until somebody else mends the way.")]
internal sealed class TcpRelay : IAsyncDisposable
{
    private const int BufferSize = 64 * 1024;

    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<TcpClient, Task> _connections = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _accepting;
    private volatile TaskCompletionSource _open = Completed();
    private volatile bool _refuses;
    private volatile int _target;

    private TcpRelay(int target)
    {
        _target = target;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens, on the loopback address.</summary>
    public int Port { get; }

    public static TcpRelay Start(int target = 0)
    {
        return new TcpRelay(target);
    }

    /// <summary>Leads new connections to another port of this machine.</summary>
    public void LeadTo(int target)
    {
        _target = target;
    }

    /// <summary>Nothing arrives any more, in either direction, and nobody is told. What is on its way arrives when it is mended.</summary>
    public void Silence()
    {
        if (_open.Task.IsCompleted)
        {
            _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Every connection is reset, and so is each new one.</summary>
    public void Break()
    {
        _refuses = true;
        foreach (var client in _connections.Keys)
        {
            Reset(client);
        }
    }

    public void Mend()
    {
        _refuses = false;
        _open.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        Break();
        _open.TrySetResult();
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_connections.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private static TaskCompletionSource Completed()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }

    private static void Reset(TcpClient client)
    {
        client.LingerState = new LingerOption(enable: true, seconds: 0);
        client.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            var client = await _listener.AcceptTcpClientAsync(_end.Token);
            var served = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _connections[client] = served.Task;
            _ = ServeAsync(client, served);
        }
    }

    private async Task ServeAsync(TcpClient client, TaskCompletionSource served)
    {
        using var server = new TcpClient();
        try
        {
            await _open.Task;
            if (!_refuses)
            {
                await server.ConnectAsync(IPAddress.Loopback, _target, _end.Token);
                client.NoDelay = server.NoDelay = true;
                await Task.WhenAny(CarryAsync(client, server), CarryAsync(server, client));
            }
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // One end is gone: so is the other.
        }
        finally
        {
            _connections.TryRemove(client, out _);
            Reset(client);
            served.SetResult();
        }
    }

    private async Task CarryAsync(TcpClient from, TcpClient to)
    {
        var buffer = new byte[BufferSize];
        var (source, target) = (from.GetStream(), to.GetStream());
        try
        {
            int length;
            while ((length = await source.ReadAsync(buffer, _end.Token)) > 0)
            {
                await _open.Task;
                await target.WriteAsync(buffer.AsMemory(0, length), _end.Token);
            }

            await _open.Task;
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // As at the end of the stream.
        }
    }
}
