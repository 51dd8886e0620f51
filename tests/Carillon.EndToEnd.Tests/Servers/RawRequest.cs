using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Carillon.EndToEnd.Tests.Servers;

/// <summary>Bytes that are sent to a port as they are, since no HTTP client would send them.</summary>
internal static class RawRequest
{
    /// <summary>Sends the bytes and reads until the server closes, or until it has answered.</summary>
    /// <returns>The status of the first answer; null when the server closed without one.</returns>
    public static async Task<int?> SendAsync(int port, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        var stream = client.GetStream();
        var answer = new byte[12];
        var length = 0;
        try
        {
            var sent = stream.WriteAsync(bytes, cancellationToken).AsTask();
            length = await stream.ReadAtLeastAsync(answer, answer.Length, throwOnEndOfStream: false, cancellationToken);
            await sent;
        }
        catch (IOException)
        {
            // The server has closed while bytes were on their way; what it had answered before counts.
        }

        var text = Encoding.ASCII.GetString(answer, 0, length);
        return text.Length == answer.Length && int.TryParse(text.AsSpan(9), null, out var status) ? status : null;
    }
}
