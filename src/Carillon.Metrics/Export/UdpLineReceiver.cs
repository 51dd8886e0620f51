using System.Net.Sockets;

namespace Carillon.Metrics;

/// <summary>Sends lines by UDP, in packets that no network on the way has to split.</summary>
internal sealed class UdpLineReceiver(string host, int port) : ILineReceiver
{
    /// <summary>What an Ethernet frame of 1,500 bytes leaves after the headers of IPv6, UDP and a tunnel.</summary>
    private const int PacketBytes = 1_432;

    private UdpClient? _client;

    /// <inheritdoc/>
    public int MaxBytes => PacketBytes;

    /// <inheritdoc/>
    public async Task SendAsync(ReadOnlyMemory<byte> text, CancellationToken cancellationToken)
    {
        try
        {
            await Client().SendAsync(text, cancellationToken);
        }
        catch (SocketException error)
        {
            // Also the word that nobody listens, about a packet before; a new socket asks for the address again.
            Dispose();
            throw new IOException($"{host}:{port} {error.Message}", error);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client?.Dispose();
        _client = null;
    }

    private UdpClient Client()
    {
        return _client ??= new UdpClient(host, port);
    }
}
