using System.Net.WebSockets;
using Carillon.Cluster;

namespace Carillon.Web;

/// <summary>The frames of a lane as the binary messages of a WebSocket.</summary>
internal sealed class PeerConnection(WebSocket socket) : ILaneConnection
{
    private const int FirstBuffer = 16 * 1024;

    /// <summary>A buffer that one large frame has grown beyond this is not kept.</summary>
    private const int MaxKept = 512 * 1024;

    private byte[] _buffer = new byte[FirstBuffer];

    public Task SendAsync(ReadOnlyMemory<byte> frame)
    {
        return socket.SendAsync(frame, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None).AsTask();
    }

    public async Task<ReadOnlyMemory<byte>> ReceiveAsync()
    {
        if (_buffer.Length > MaxKept)
        {
            _buffer = new byte[FirstBuffer];
        }

        for (var length = 0; ;)
        {
            var part = await socket.ReceiveAsync(_buffer.AsMemory(length), CancellationToken.None);
            length += part.Count;
            switch (part.MessageType)
            {
                case WebSocketMessageType.Close:
                    return ReadOnlyMemory<byte>.Empty;
                case WebSocketMessageType.Text:
                    throw new WebSocketException(WebSocketError.InvalidMessageType);
                case WebSocketMessageType.Binary when part.EndOfMessage:
                    return _buffer.AsMemory(0, length);
            }

            if (length == LaneFrame.MaxLength)
            {
                throw new WebSocketException($"a frame is longer than {LaneFrame.MaxLength} bytes");
            }

            if (length == _buffer.Length)
            {
                Array.Resize(ref _buffer, Math.Min(length * 2, LaneFrame.MaxLength));
            }
        }
    }

    public void Dispose()
    {
        socket.Abort();
        socket.Dispose();
    }
}
